import { grouped } from '../../../plots/numbers.ts';
import type { Table } from '../../../plots/tables.ts';
import type { Band, Comparison } from '../../../results/analysis.ts';
import type { Count, Measured } from '../../../results/results.ts';
import * as TEXT from '../../../messages/resultsFigures.ts';
import { bandAt, differencesOf } from './curves.ts';

const NONE = '–';
const six = (value: number | undefined): string => (value === undefined ? NONE : value.toFixed(6));
/** A plain hyphen: programs read it. */
const signedPoints = (difference: number | undefined): string =>
  difference === undefined ? NONE : (100 * difference).toFixed(4);
const ksTo = (largest: number): number[] => Array.from({ length: largest }, (_, i) => i + 1);

/** A row for each whole k; the interval stands where the grid of the bands has one. */
export function tableOfCurves(
  curves: readonly { label: string; overK: readonly number[]; bands: readonly Band[] }[],
): Table {
  const largest = Math.max(0, ...curves.map(({ overK }) => overK.length));
  const intervals = curves.map(({ bands }) => new Map(bands.map((band) => [band.k, band])));
  return {
    head: [
      'k',
      ...curves.flatMap(({ label, bands }) => [
        label,
        ...(bands.length > 0 ? [TEXT.lowOf({ label }), TEXT.highOf({ label })] : []),
      ]),
    ],
    rows: ksTo(largest).map((k) => [
      String(k),
      ...curves.flatMap(({ overK, bands }, i) => {
        const band = intervals[i]!.get(k);
        const ends = bands.length > 0 ? [six(band?.low), six(band?.high)] : [];
        return [six(overK[k - 1]), ...ends];
      }),
    ]),
    note: TEXT.tableOfShares,
  };
}

/** A row for each whole k, in points. */
export function tableOfDifference(comparison: Comparison): Table {
  return {
    head: ['k', TEXT.difference, TEXT.low, TEXT.high],
    rows: differencesOf(comparison).map((difference, i) => {
      const band = bandAt(comparison.bands, i + 1);
      return [
        String(i + 1),
        signedPoints(difference),
        signedPoints(band?.low),
        signedPoints(band?.high),
      ];
    }),
    note: TEXT.tableOfPoints,
  };
}

export const FATES = ['both', 'baseOnly', 'trainedOnly', 'neither'] as const;
export type Fate = (typeof FATES)[number];

export const countText = (count: Count | undefined): string =>
  count ? `${grouped(count.c)}/${grouped(count.n)}` : NONE;

/** A row for each joined problem. */
export function tableOfCoverage(
  { coverage }: Comparison,
  base: Measured,
  trained: Measured,
): Table {
  return {
    head: [TEXT.problem, TEXT.fate, TEXT.baseC, TEXT.baseN, TEXT.trainedC, TEXT.trainedN],
    rows: FATES.flatMap((fate) =>
      coverage[fate].map((id) => {
        const counts = [base.problems.get(id), trained.problems.get(id)];
        const cells = counts.flatMap((count) => [
          String(count?.c ?? NONE),
          String(count?.n ?? NONE),
        ]);
        return [id, TEXT[fate], ...cells];
      }),
    ),
    note: '',
  };
}

/** A row for each problem that moved, the furthest first. */
export const tableOfMoved = ({ moved }: Comparison): Table => ({
  head: [TEXT.problem, TEXT.baseC, TEXT.baseN, TEXT.trainedC, TEXT.trainedN, TEXT.change],
  rows: moved.map(({ id, base, trained }) => [
    ...[id, String(base.c), String(base.n), String(trained.c), String(trained.n)],
    (100 * (trained.c / trained.n - base.c / base.n)).toFixed(1),
  ]),
  note: '',
});
