import { thinned, type Axis } from './plane.ts';

const compact = (value: number): string =>
  value >= 1e6 ? `${value / 1e6}M` : value >= 10_000 ? `${value / 1e3}k` : String(value);

/** Evenly from 0 to `end`, with ticks at round numbers. */
export function even(end: number, title: string): Axis {
  return {
    title,
    at: (value) => value / end,
    text: (value) => String(Number(value.toPrecision(4))),
    ticks: (room) => {
      const rough = end / Math.max(2, Math.min(5, room));
      const power = 10 ** Math.floor(Math.log10(rough));
      const step = [1, 2, 2.5, 5, 10].map((times) => times * power).find((each) => each >= rough)!;
      const count = Math.floor(end / step + 1e-9);
      return Array.from({ length: count + 1 }, (_, i) => i * step);
    },
  };
}

/** By powers of `base`, between two of them. */
export function powers(
  [from, to]: readonly [number, number],
  base: 4 | 10,
  title: string,
  text: (value: number) => string = compact,
): Axis {
  const exponentOf = (value: number): number => Math.log(value) / Math.log(base);
  const [low, high] = [Math.round(exponentOf(from)), Math.round(exponentOf(to))];
  const all = Array.from({ length: high - low + 1 }, (_, i) => base ** (low + i));
  return {
    title,
    text,
    at: (value) => (exponentOf(Math.max(value, from)) - low) / (high - low),
    ticks: (room) => thinned(all, room),
  };
}

/** Probabilities by their odds, from 0.001 to 0.999. */
export function odds(title: string): Axis {
  const logit = (p: number): number => Math.log(p / (1 - p)) / Math.log(999);
  const ALL = [0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999];
  return {
    title,
    text: String,
    at: (value) => (logit(value) + 1) / 2,
    ticks: (room) => (room >= 7 ? ALL : [0.001, 0.1, 0.5, 0.9, 0.999]),
  };
}

/** As percent, with as many digits as a small one needs. */
export const percent = (share: number): string => `${Number((100 * share).toPrecision(2))} %`;
