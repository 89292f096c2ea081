import type { Series } from '../../plots/series.ts';
import type { RecordedArm, RecordedStudy } from '../../run/studies/recorded.ts';
import { meansOverRuns, pointOf } from './means.ts';

/** An arm of a recorded study, drawn behind a live run of the same settings. */
export interface Companion {
  /** The study that it is of, by its name, and the title that it has there. */
  study: string;
  title: string;
  arm: RecordedArm;
}

/** @throws RangeError where the study has no such arm. */
export function companionOf(recorded: RecordedStudy, title: string, id: string): Companion {
  const arm = recorded.arms.find((each) => each.id === id);
  if (!arm) throw new RangeError(`the study '${recorded.name}' has no arm '${id}'`);
  return { study: recorded.name, title, arm };
}

/** Its dashes, which neither a ghost nor a line of the figure has. */
const DASH = '1 3';

const lineOf = (
  id: string,
  color: string,
  label: string,
  means: readonly { x: number; y: number; half: number | null }[],
): Series => ({
  ...{ id: `companion-${id}`, label, endLabel: '', isFaint: true, color, dash: DASH },
  points: means,
  band: means.map(({ x, y, half }) => ({ x, low: Math.max(0, y - (half ?? 0)), high: Math.min(1, y + (half ?? 0)) })),
});

/**
 * At the end of its runs, over k: the mean over seeds with its 95 % interval; `of` gives the mean of problems with these p.
 */
export const companionCurve = (
  { arm }: Companion,
  label: string,
  ks: readonly number[],
  of: (p: ArrayLike<number>, k: number) => number,
): Series =>
  lineOf(
    'curve',
    'var(--now)',
    label,
    ks.map((k) =>
      pointOf(
        k,
        arm.runs.map(({ p }) => of(p, k)),
      ),
    ),
  );

/** The k of pass@k that it is drawn of over training, as other runs are. */
const DRAWN_KS = [
  { k: '1', color: 'var(--k1)' },
  { k: '256', color: 'var(--k256)' },
] as const;

/** Over its training steps: the mean over seeds with its 95 % interval, at every step that all runs were evaluated at. */
export const companionSteps = ({ arm }: Companion, label: string): Series[] =>
  DRAWN_KS.map(({ k, color }) =>
    lineOf(
      `pass@${k}`,
      color,
      label,
      meansOverRuns(
        arm.runs.map(({ series }) =>
          (series['step'] ?? []).flatMap((x, i) => {
            const value = series[`heldOut.passAt.${k}`]?.[i] ?? null;
            return x === null || value === null ? [] : [{ x, value }];
          }),
        ),
      ),
    ),
  );
