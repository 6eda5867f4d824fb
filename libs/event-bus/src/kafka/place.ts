/** A partition's name, as positions and set-aside events carry it: `cordboard.work.v1/3`. */
export const nameOf = (topic: string, partition: number) => `${topic}/${partition}`;

export function placeOf(name: string): { topic: string; partition: number } {
  const slash = name.lastIndexOf('/');
  return { topic: name.slice(0, slash), partition: Number(name.slice(slash + 1)) };
}
