/** Two short tones made by the browser itself; a browser that has not yet been touched stays silent. */
let context: AudioContext | null = null;

const ready = (): AudioContext | null => {
  if (typeof AudioContext === 'undefined') return null;
  context ??= new AudioContext();
  if (context.state === 'suspended') void context.resume().catch(() => undefined);
  return context;
};

const tone = (audio: AudioContext, frequency: number, at: number, seconds: number, loudness: number) => {
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.frequency.value = frequency;
  oscillator.type = 'sine';
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(loudness, at + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.0001, at + seconds);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(at);
  oscillator.stop(at + seconds);
};

export const playOffer = (): void => {
  const audio = ready();
  if (!audio) return;
  tone(audio, 659, audio.currentTime, 0.35, 0.2);
  tone(audio, 880, audio.currentTime + 0.18, 0.5, 0.2);
};

export const playMessage = (): void => {
  const audio = ready();
  if (audio) tone(audio, 740, audio.currentTime, 0.18, 0.08);
};
