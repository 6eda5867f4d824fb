/** A stream of numbers from 0 to 1 that a seed decides (mulberry32), so that a run can be repeated. */
export type Random = () => number;

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A whole number from 0 to `below` − 1. */
export const pickIndex = (random: Random, below: number): number => Math.floor(random() * below);

/** Time to the next arrival of a Poisson stream of `perSecond`, in ms. */
export const exponentialMs = (random: Random, perSecond: number): number => (-Math.log(1 - random()) / perSecond) * 1000;
