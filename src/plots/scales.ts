import { range as numbers } from 'd3-array';
import { scaleLinear } from 'd3-scale';

/** How the values of an axis are spread: evenly, by powers of two or of ten, or a probability by its odds. */
export type ScaleKind = 'linear' | 'log2' | 'log10' | 'logit';

/** An axis before its place in a drawing is known. */
export interface ScaleSpec {
  /** `linear` unless given. */
  kind?: ScaleKind | undefined;
  domain: readonly [number, number];
}

/** Where the values of an axis stand in a drawing, in pixels. */
export interface Scale {
  (value: number): number;
  kind: ScaleKind;
  domain: readonly [number, number];
  /** Within the axis: at its nearer end for what lies beyond it, and at its beginning for what is no number. */
  clamped(value: number): number;
  /** The value at a place, within the axis. */
  invert(place: number): number;
  /** Round numbers, powers, or odds within the axis, with about `most` intervals between them. */
  ticks(most: number): number[];
}

interface Kind {
  /** To what is spread evenly, and back. */
  to(value: number): number;
  from(even: number): number;
  ticks(domain: readonly [number, number], most: number): number[];
}

const same = (value: number): number => value;
const ODDS = [0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999];
const FEW_ODDS = [0.001, 0.1, 0.9, 0.999];

const KINDS: Readonly<Record<ScaleKind, Kind>> = {
  linear: {
    to: same,
    from: same,
    ticks: (domain, most) => scaleLinear(domain, [0, 1]).ticks(most),
  },
  log2: {
    to: Math.log2,
    from: (even) => 2 ** even,
    ticks: (domain, most) => powersOf(2, domain, most),
  },
  log10: {
    to: Math.log10,
    from: (even) => 10 ** even,
    ticks: (domain, most) => powersOf(10, domain, most),
  },
  // logit p = log(p / (1 − p)): as far apart from 0 as from 1.
  logit: {
    to: (p) => Math.log(p) - Math.log1p(-p),
    from: (even) => 1 / (1 + Math.exp(-even)),
    ticks: ([low, high], most) => (most < 5 ? FEW_ODDS : ODDS).filter((p) => p >= low && p <= high),
  },
};

/** Puts an axis at its place, from one pixel to another. */
export function scaleOf(
  { kind = 'linear', domain }: ScaleSpec,
  pixels: readonly [number, number],
): Scale {
  const { to, from, ticks } = KINDS[kind];
  const even = scaleLinear(domain.map(to), pixels);
  const inside = even.copy().clamp(true);
  const [low, high] = [Math.min(...domain), Math.max(...domain)];
  // Before it is spread: a logarithm has no place for what is below 0.
  const clamp = (value: number): number =>
    Number.isNaN(value) ? domain[0] : Math.min(high, Math.max(low, value));
  return Object.assign((value: number): number => even(to(value)), {
    kind,
    domain,
    clamped: (value: number) => even(to(clamp(value))),
    invert: (place: number) => from(inside.invert(place)),
    ticks: (most: number) => ticks(domain, most),
  });
}

/**
 * The powers of `base` within `domain`, from the lowest on; or every second, fourth … of them, so that there are at
 * most `most` intervals between them. (Those of d3's own scales have other numbers between, or steps of 5.)
 */
function powersOf(base: number, [from, to]: readonly [number, number], most: number): number[] {
  // A quotient of logarithms is a hair off a whole number.
  const exponentOf = (value: number): number => Math.log(value) / Math.log(base);
  const [low, high] = [Math.ceil(exponentOf(from) - 1e-9), Math.floor(exponentOf(to) + 1e-9)];
  let stride = 1;
  while ((high - low) / stride > Math.max(1, most)) stride *= 2;
  return numbers(low, high + 1, stride).map((exponent) => base ** exponent);
}
