import type { Point, Series } from '../../plots/series.ts';
import type { TrainRow } from '../../experiments/train.ts';
import { GHOST_MARKS, type Ghost } from './ghosts.ts';
import { spreadOf } from './spread.ts';
import * as TEXT from '../../messages/lines.ts';
import type { ShownRun, TriedRun } from './tried.ts';

/** The k of pass@k that ghosts and bands are drawn of: with all four, three ghosts would be twelve lines. */
const DRAWN_KS = [
  { k: '1', color: 'var(--k1)' },
  { k: '256', color: 'var(--k256)' },
] as const;

const dashOf = (letter: string): string => GHOST_MARKS.find((mark) => mark.letter === letter)!.dash;

const ghostLine = (
  { letter }: Ghost,
  of: string,
  color: string,
  points: readonly Point[],
): Series => ({
  id: `ghost-${letter}-${of}`,
  label: TEXT.ofGhost({ line: of, letter }),
  endLabel: letter,
  isFaint: true,
  color,
  dash: dashOf(letter),
  points,
});

/** Pass@1 and pass@256 of the ghosts over steps. */
const ghostPassAt = (ghosts: readonly Ghost[]): Series[] =>
  ghosts.flatMap((ghost) =>
    DRAWN_KS.map(({ k, color }) =>
      ghostLine(ghost, `pass@${k}`, color, passAtPoints(ghost.run.evaluations, k)),
    ),
  );

/** The entropy or the reward of the ghosts over steps. */
const ghostSteps = (ghosts: readonly Ghost[], of: 'entropy' | 'reward', color: string): Series[] =>
  ghosts.map((ghost) =>
    ghostLine(
      ghost,
      of === 'entropy' ? TEXT.entropyLine : TEXT.rewardLine,
      color,
      ghost.run.points.map((point) => ({ x: point.step, y: point[of] })),
    ),
  );

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

/** The runs that a band spans; the one on screen as far as it is. */
export type Spanned = Pick<TriedRun, 'points' | 'evaluations'>;

/** Pass@1 and pass@256 over steps: the mean of several runs with their range. */
const bandPassAt = (runs: readonly Spanned[]): Series[] =>
  (runs.length === 0 ? [] : DRAWN_KS).map(({ k, color }) =>
    bandLine(
      `pass@${k}`,
      color,
      runs.map(({ evaluations }) => passAtPoints(evaluations, k)),
    ),
  );

/** The entropy over steps: the mean of several runs with their range. */
const bandEntropy = (runs: readonly Spanned[]): Series[] =>
  runs.length === 0
    ? []
    : [
        bandLine(
          TEXT.entropyLine,
          'var(--entropy)',
          runs.map(({ points }) => points.map(({ step, entropy }) => ({ x: step, y: entropy }))),
        ),
      ];

function bandLine(of: string, color: string, lines: readonly (readonly Point[])[]): Series {
  const spread = spreadOf(lines);
  return {
    id: `band-${of}`,
    label: TEXT.ofSeeds({ line: of, count: lines.length }),
    endLabel: '',
    isFaint: true,
    color,
    dash: '1 2',
    points: spread.map(({ x, mean }) => ({ x, y: mean })),
    band: spread,
  };
}

const passAtPoints = (evaluations: TriedRun['evaluations'], k: string): Point[] =>
  evaluations.map(({ step, passAt }) => ({ x: step, y: passAt[k] ?? NaN }));

/** The run on screen as a part of a band. */
const spannedOf = (rows: readonly TrainRow[]): Spanned => ({
  points: rows,
  evaluations: rows.flatMap(({ step, heldOut }) =>
    heldOut ? [{ step, passAt: heldOut.passAt, p: EMPTY }] : [],
  ),
});
const EMPTY = new Float32Array();

/** What is drawn behind a run. */
export interface Behind {
  passAt: readonly Series[];
  entropy: readonly Series[];
  reward: readonly Series[];
}

/** The runs of a band, those that there are: the one on screen as far as it is, others as they were left. */
export function spannedBy(
  band: readonly number[] | null,
  here: Pick<ShownRun, 'id' | 'rows'>,
  tried: readonly TriedRun[],
): Spanned[] {
  const spanned = (band ?? []).flatMap((id): Spanned[] => {
    if (id === here.id) return [spannedOf(here.rows)];
    const run = tried.find((each) => each.id === id);
    return run ? [run] : [];
  });
  return spanned.length > 1 ? spanned : [];
}

/** The lines of the ghosts over steps. */
export const ghostLines = (ghosts: readonly Ghost[]): Behind => ({
  passAt: ghostPassAt(ghosts),
  entropy: ghostSteps(ghosts, 'entropy', 'var(--entropy)'),
  reward: ghostSteps(ghosts, 'reward', 'var(--good)'),
});

/** Mean and range of the runs of a band over steps. */
export const bandLines = (spanned: readonly Spanned[]): Behind => ({
  passAt: bandPassAt(spanned),
  entropy: bandEntropy(spanned),
  reward: [],
});
