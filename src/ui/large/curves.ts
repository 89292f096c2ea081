import { valueOverLog } from '../../core/between.ts';
import { crossingK, curveKs, LARGEST_K, meanPassAtK } from '../../core/passAtK.ts';
import type { Marked, Point, Series } from '../../plots/series.ts';
import type { Recording } from '../../run/recording.ts';
import { crossingText } from '../../text/words.ts';
import * as TEXT from '../../messages/large7b.ts';
import { PUBLISHED } from './published.ts';

/** pass@k of a base and of what RL made of it, with the place where they cross. */
export interface Pair {
  series: readonly Series[];
  mark: Marked;
}

const seriesOf = (
  base: readonly Point[],
  trained: readonly Point[],
  isJoined: boolean,
): Series[] => [
  {
    id: 'base',
    label: TEXT.base,
    color: 'var(--base)',
    dash: '7 5',
    hasDots: isJoined,
    points: base,
  },
  { id: 'trained', label: TEXT.trained, color: 'var(--now)', hasDots: isJoined, points: trained },
];

/** The published values as lines that join them; the crossing stands where the source says, halfway between its two k. */
export function publishedPair(): Pair {
  const { ks, base, trained, leadEnds } = PUBLISHED;
  const [from, to] = leadEnds;
  const pointsOf = (values: readonly number[]): Point[] => ks.map((x, i) => ({ x, y: values[i]! }));
  const points = pointsOf(base);
  const x = Math.sqrt(from * to);
  return {
    series: seriesOf(points, pointsOf(trained), true),
    mark: { x, y: valueOverLog(points, x), label: TEXT.crossesBetween({ from, to }) },
  };
}

/** What the recorded run of the toy has of the same. */
export interface Toy extends Pair {
  seed: number;
  step: number;
  problems: number;
  parameters: number;
  /** The k at which the lead of the trained policy ends. */
  crossing: number;
  /** Exact mean pass@1, and pass@k at the k up to which the large model was measured. */
  base: { one: number; many: number };
  trained: { one: number; many: number };
}

/** Points of each octave: it is exact at any k. */
const PER_OCTAVE = 4;

/** @throws Error of a run without two evaluations, or whose trained policy does not begin ahead and fall behind. */
export function toyOf({ rows, seed }: Recording, parameters: number): Toy {
  const evaluated = rows.filter(({ heldOut }) => heldOut);
  const [baseP, p] = [evaluated[0], evaluated.at(-1)].map((row) => row?.heldOut!.p);
  const crossing = baseP && p ? crossingK(baseP, p, LARGEST_K) : null;
  if (!baseP || !p || crossing === null) throw new Error('the recorded run has no crossing');
  const most = PUBLISHED.samples;
  const ks = curveKs(most, 2, PER_OCTAVE);
  const pointsOf = (of: readonly number[]): Point[] =>
    ks.map((k) => ({ x: k, y: meanPassAtK(of, k) }));
  const endsOf = (of: readonly number[]) => ({
    one: meanPassAtK(of, 1),
    many: meanPassAtK(of, most),
  });
  return {
    series: seriesOf(pointsOf(baseP), pointsOf(p), false),
    mark: {
      x: crossing,
      y: meanPassAtK(baseP, crossing),
      label: TEXT.crossesAt({ k: crossingText(crossing) }),
    },
    ...{ seed, step: evaluated.at(-1)!.step, problems: p.length, parameters, crossing },
    base: endsOf(baseP),
    trained: endsOf(p),
  };
}
