import { valueOverLog } from '../../../core/between.ts';
import type { Band, Comparison } from '../../../results/analysis.ts';
import type { BandPoint, Point } from '../../../plots/series.ts';

/** So far each whole k has a point of its own; beyond, 32 an octave. */
const EACH_K = 256;

/** The whole k from 1 to `largest` at which a line is drawn. */
export function drawnKs(largest: number): number[] {
  const ks: number[] = [];
  for (
    let k = 1;
    k < largest;
    k = Math.max(k + 1, Math.round(k * (k < EACH_K ? 1 : 2 ** (1 / 32))))
  )
    ks.push(k);
  return [...ks, largest];
}

/** A line through an array over k, whose first number is that of k = 1. */
export const lineOf = (overK: readonly number[]): Point[] =>
  overK.length === 0 ? [] : drawnKs(overK.length).map((k) => ({ x: k, y: overK[k - 1]! }));

export const bandOf = (bands: readonly Band[], scale = 1): BandPoint[] =>
  bands.map(({ k, low, high }) => ({ x: k, low: scale * low, high: scale * high }));

/** The number of an array over k = 1, 2, … between two whole k, by a straight line over log k. */
export const atK = (overK: readonly number[], k: number): number =>
  valueOverLog(
    overK.map((y, i) => ({ x: i + 1, y })),
    k,
  );

/** The band at a k; null where the grid has none there. */
export const bandAt = (bands: readonly Band[], k: number): Band | null =>
  bands.find((band) => band.k === k) ?? null;

/** A curve to hold others against: its pass@k, and its pass^k, at k = 1, 2, …. */
export interface Beside {
  id: string;
  label: string;
  any: readonly number[];
  all: readonly number[];
}

/** Trained minus base at k = 1, 2, …, from −1 to 1. */
export const differencesOf = ({ basePassAt, trainedPassAt }: Comparison): number[] =>
  basePassAt.map((base, i) => trainedPassAt[i]! - base);

/** Whether all problems of both models are in a comparison, so that its curves are those of the models. */
export const holdsAll = ({ onlyBase, onlyTrained }: Comparison): boolean =>
  onlyBase.length + onlyTrained.length === 0;

/** From tenth to tenth around what is drawn, 0.2 at least, within 0 and 1. */
export function domainOf(values: readonly number[]): [number, number] {
  const finite = values.filter(Number.isFinite);
  const low = Math.max(0, Math.floor(10 * Math.min(1, ...finite) + 1e-9) / 10);
  const high = Math.min(1, Math.ceil(10 * Math.max(0, ...finite) - 1e-9) / 10);
  if (high - low >= 0.2) return [low, high];
  return low > 0.8 ? [0.8, 1] : [low, low + 0.2];
}
