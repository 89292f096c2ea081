import type { Point, Series } from '../../plots/series.ts';
import { entropyPoints, passAtPoints, spreadOf, type Spanned } from '../../run/spread.ts';
import type { TriedRun } from '../../run/tried.ts';
import * as TEXT from '../../messages/lines.ts';

/** What each ghost is called, and its dashes. */
export const GHOST_MARKS = [
  { letter: 'A', dash: '6 2' },
  { letter: 'B', dash: '2 2' },
  { letter: 'C', dash: '8 2 2 2' },
] as const;
export type GhostMark = (typeof GHOST_MARKS)[number];

/** A run that is drawn behind the one on screen. */
export type Ghost = GhostMark & { run: TriedRun };

/** The k of pass@k that is drawn of what is behind a run: with all four, three ghosts would be twelve lines. */
export const DRAWN_KS = [
  { k: '1', color: 'var(--k1)' },
  { k: '256', color: 'var(--k256)' },
] as const;

/** What is drawn behind a run, over steps. */
export interface Behind {
  passAt: readonly Series[];
  entropy: readonly Series[];
  reward: readonly Series[];
}

const ghostLine = (
  { letter, dash }: Ghost,
  of: string,
  color: string,
  points: readonly Point[],
): Series => ({
  ...{ id: `ghost-${letter}-${of}`, label: TEXT.ofGhost({ line: of, letter }), endLabel: letter },
  ...{ isFaint: true, color, dash, points },
});

export const ghostLines = (ghosts: readonly Ghost[]): Behind => ({
  passAt: ghosts.flatMap((ghost) =>
    DRAWN_KS.map(({ k, color }) =>
      ghostLine(ghost, `pass@${k}`, color, passAtPoints(ghost.run, k)),
    ),
  ),
  entropy: ghosts.map((ghost) =>
    ghostLine(ghost, TEXT.entropyLine, 'var(--entropy)', entropyPoints(ghost.run)),
  ),
  reward: ghosts.map((ghost) => {
    const points = ghost.run.points.map(({ step, reward }) => ({ x: step, y: reward }));
    return ghostLine(ghost, TEXT.rewardLine, 'var(--good)', points);
  }),
});

/** The curves over k of the ghosts at their last evaluation up to a step; `of` gives the mean of problems with these p. */
export const ghostCurves = (
  ghosts: readonly Ghost[],
  step: number,
  ks: readonly number[],
  of: (p: ArrayLike<number>, k: number) => number,
): Series[] =>
  ghosts.flatMap((ghost) => {
    const evaluation = ghost.run.evaluations.findLast((each) => each.step <= step);
    if (!evaluation || evaluation.step === 0) return [];
    const points = ks.map((k) => ({ x: k, y: of(evaluation.p, k) }));
    const line = ghostLine(ghost, TEXT.ghostStep({ step: evaluation.step }), 'var(--now)', points);
    return [{ ...line, endLabel: TEXT.ghostAt({ letter: ghost.letter, step: evaluation.step }) }];
  });

/** Mean and range of the runs of a band. */
export const bandLines = (runs: readonly Spanned[]): Behind => {
  const lineOf = (of: string, color: string, pointsOf: (run: Spanned) => Point[]): Series => {
    const spread = spreadOf(runs.map(pointsOf));
    return {
      ...{ id: `band-${of}`, label: TEXT.ofSeeds({ line: of, count: runs.length }), endLabel: '' },
      ...{ isFaint: true, color, dash: '1 2', band: spread },
      points: spread.map(({ x, mean }) => ({ x, y: mean })),
    };
  };
  if (runs.length === 0) return { passAt: [], entropy: [], reward: [] };
  return {
    passAt: DRAWN_KS.map(({ k, color }) =>
      lineOf(`pass@${k}`, color, (run) => passAtPoints(run, k)),
    ),
    entropy: [lineOf(TEXT.entropyLine, 'var(--entropy)', entropyPoints)],
    reward: [],
  };
};
