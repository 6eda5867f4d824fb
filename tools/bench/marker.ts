import { pickIndex, type Random } from '../drive/random';

export type Direction = 'in' | 'back';

export interface Marker {
  direction: Direction;
  step: number;
  lane: number;
  seq: number;
}

const words = 'the size runs small so take one more than usual and send it back when it does not fit ';
const padding = words.repeat(25);
const shortBytes = 130;
const longBytes = 2000;
const pattern = /^#(in|back)\.(\d+)\.(\d+)\.(\d+)#/;

/** A message of 130 bytes, or of 2 kB one time in twenty, that begins with what it is. */
export function markedText({ direction, step, lane, seq }: Marker, random: Random): string {
  const mark = `#${direction}.${step}.${lane}.${seq}# `;
  return mark + padding.slice(0, (pickIndex(random, 20) === 0 ? longBytes : shortBytes) - mark.length);
}

export function readMarker(text: string): Marker | undefined {
  const found = pattern.exec(text);
  if (!found) return undefined;
  return { direction: found[1] as Direction, step: Number(found[2]), lane: Number(found[3]), seq: Number(found[4]) };
}

const entryPattern = /"entry":\{"id":"[^"]*","conversationId":"[^"]*","seq":(\d+),"rev":\d+,"kind":"MESSAGE","author":"CUSTOMER"/;
const markPattern = /"text":"#(in)\.(\d+)\.(\d+)\.(\d+)#/;

/** The customer's message in a frame of conversationEvents, found without parsing the frame. */
export function readCustomerEntry(frame: string): (Marker & { position: number }) | undefined {
  const entry = entryPattern.exec(frame);
  if (!entry) return undefined;
  const mark = markPattern.exec(frame.slice(entry.index));
  if (!mark) return undefined;
  return { direction: 'in', step: Number(mark[2]), lane: Number(mark[3]), seq: Number(mark[4]), position: Number(entry[1]) };
}
