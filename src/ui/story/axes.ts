import { grouped } from '../../plots/numbers.ts';
import type { ScaleKind } from '../../plots/scales.ts';
import type { Over } from './chapter.ts';
import * as AXIS_TEXT from '../../messages/storyAxes.ts';
import { P_DOMAIN } from './lines.ts';

/** An x axis of the story's figures. */
export interface Axis {
  scale: ScaleKind;
  /** Null for steps, which go to the end of the run. */
  domain: [number, number] | null;
  label: string;
  /** Where an x is, such as `k = 16`. */
  at: (x: number) => string;
}

const short = (x: number): string => String(Number(x.toPrecision(3)));

export const AXES: Record<Over, Axis> = {
  k: {
    scale: 'log2',
    domain: [1, 1024],
    label: AXIS_TEXT.k,
    at: (x) => AXIS_TEXT.atK({ x: grouped(Math.round(x)) }),
  },
  step: {
    scale: 'linear',
    domain: null,
    label: AXIS_TEXT.step,
    at: (x) => AXIS_TEXT.atStep({ x: Math.round(x) }),
  },
  p: {
    scale: 'logit',
    domain: P_DOMAIN,
    label: AXIS_TEXT.p,
    at: (x) => AXIS_TEXT.atP({ x: short(x) }),
  },
  problems: {
    scale: 'log2',
    domain: [1, 512],
    label: AXIS_TEXT.problems,
    at: (x) => AXIS_TEXT.atProblems({ x: Math.round(x) }),
  },
};
