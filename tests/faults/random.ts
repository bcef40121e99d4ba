/** Chance from a seed, so that a run can be begun again with the same choices. */
export interface Chance {
  /** From 0 to 1, 1 excluded. */
  next(): number;
  /** True once in `1 / probability` calls. */
  happens(probability: number): boolean;
  /** A whole number, both ends included. */
  between(from: number, to: number): number;
  pick<T>(choices: readonly T[]): T;
  /** The same things in another order. */
  shuffled<T>(things: readonly T[]): T[];
}

/** Mulberry32: no cryptography, and even enough to choose faults by. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    between,
    happens: (probability) => next() < probability,
    pick: (choices) => {
      const chosen = choices[between(0, choices.length - 1)];
      if (chosen === undefined) throw new Error('There is nothing to choose from.');
      return chosen;
    },
    shuffled: (things) =>
      things
        .map((thing) => ({ thing, order: next() }))
        .sort((a, b) => a.order - b.order)
        .map(({ thing }) => thing),
  };
}
