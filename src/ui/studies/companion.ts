import { createContext } from 'svelte';
import type { Series } from '../../plots/series.ts';
import { meansOverSteps, pointOf, type MeanPoint } from '../../run/studies/means.ts';
import type { RecordedStudy } from '../../run/studies/recorded.ts';
import { DRAWN_KS } from '../runs/ghostSeries.ts';

/** What a study has recorded of an arm, drawn behind a live run of the same settings. */
export interface Companion {
  /** The study by its name, and the title that it has. */
  study: string;
  title: string;
  /** What the arm is called. */
  arm: string;
  seeds: number;
  /**
   * At the end of its runs, over k: the mean over seeds with its 95 % interval; `of` gives the mean of problems with
   * these p.
   */
  curve(ks: readonly number[], of: (p: ArrayLike<number>, k: number) => number): Series;
  /** Pass@1 and pass@256 over its training: the same, at every step that all runs were evaluated at. */
  passAt: readonly Series[];
}

/** @throws RangeError where the study has no such arm. */
export function companionOf(recorded: RecordedStudy, title: string, id: string): Companion {
  const arm = recorded.arms.find((each) => each.id === id);
  if (!arm) throw new RangeError(`the study '${recorded.name}' has no arm '${id}'`);
  const { name: study, seeds } = recorded;
  return {
    ...{ study, title, arm: arm.label, seeds: seeds.length },
    curve: (ks, of) => {
      const means = ks.map((k) =>
        pointOf(
          k,
          arm.runs.map(({ p }) => of(p, k)),
        ),
      );
      return lineOf('curve', arm.label, 'var(--now)', means);
    },
    passAt: DRAWN_KS.map(({ k, color }) =>
      lineOf(`pass@${k}`, arm.label, color, meansOverSteps(arm, `pass@${k}`)),
    ),
  };
}

/** Dashes that neither a ghost nor a line of the figures has. */
const DASH = '1 3';

const lineOf = (of: string, label: string, color: string, means: readonly MeanPoint[]): Series => ({
  ...{ id: `companion-${of}`, label, endLabel: '', isFaint: true, color, dash: DASH },
  points: means,
  band: means.map(({ x, y, half }) => ({
    x,
    low: Math.max(0, y - (half ?? 0)),
    high: Math.min(1, y + (half ?? 0)),
  })),
});

/** Runs the settings of a link live, with what was recorded of them behind it. */
export type RunLive = (permalink: string, companion: Companion) => void;
export const [getRunLive, setRunLive, hasRunLive] = createContext<RunLive>();
