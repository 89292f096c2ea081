import { meanPassAtK, meanPassHatK } from '../../core/passAtK.ts';
import { Stream, uniformSequence } from '../../core/random.ts';
import { SEED } from '../../results/analysis.ts';
import type { Count, Measured } from '../../results/results.ts';
import * as TEXT from '../../messages/results.ts';
import type { Beside } from './figures/curves.ts';
import { fetchRecordedRun } from '../state/recorded.svelte.ts';

/** What the recorded run of the page has before and after training: of each held-out problem the probability that a sample is right. */
export interface Toy {
  problems: readonly string[];
  baseP: readonly number[];
  nowP: readonly number[];
}

/** @throws Error saying why it cannot be had. */
export async function fetchToy(): Promise<Toy> {
  const recording = await fetchRecordedRun();
  if (!recording) throw new Error(TEXT.noToy);
  const { problems, rows } = recording;
  const evaluated = rows.flatMap(({ heldOut }) => (heldOut ? [heldOut] : []));
  return { problems: problems.heldOut, baseP: evaluated[0]!.p, nowP: evaluated.at(-1)!.p };
}

/** Its exact curves at k = 1 … `largestK`, to lie beside those of results. */
export const toyLines = ({ baseP, nowP }: Toy, largestK: number): Beside[] =>
  [
    { id: 'toy-base', label: TEXT.toyBase, p: baseP },
    { id: 'toy-now', label: TEXT.toyNow, p: nowP },
  ].map(({ p, ...line }): Beside => {
    const overK = (of: typeof meanPassAtK): number[] =>
      Array.from({ length: largestK }, (_, i) => of(p, i + 1));
    return { ...line, any: overK(meanPassAtK), all: overK(meanPassHatK) };
  });

/** Samples of each problem in the example. */
export const EXAMPLE_N = 64;

/**
 * Results such as a reader may have, of both policies of the recorded run: for each problem c ~ Binomial(64, p), drawn with a
 * fixed seed. What is estimated from them can be held against the exact curves.
 */
export function exampleOf({ problems, baseP, nowP }: Toy): Measured[] {
  return [baseP, nowP].map((ps, model) => ({
    name: model === 0 ? TEXT.exampleBase : TEXT.exampleTrained,
    hasIds: true,
    problems: new Map(
      problems.map((id, i): [string, Count] => {
        const uniform = uniformSequence({
          seed: SEED,
          stream: Stream.exampleResults,
          step: 2 * i + model,
        });
        const isRight = Array.from({ length: EXAMPLE_N }, () => uniform() < ps[i]!);
        return [id, { n: EXAMPLE_N, c: isRight.filter(Boolean).length }];
      }),
    ),
  }));
}
