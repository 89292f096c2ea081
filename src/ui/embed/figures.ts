import type { Component } from 'svelte';
import type { RunSettings } from '../../run/table.ts';
import type { Figures } from '../state/figures.svelte.ts';
import type { FigureName } from './figureNames.ts';

export { figuresOf, type FigureName } from './figureNames.ts';

/** What every figure that can stand alone is given. */
export interface FigureProps {
  figures: Figures;
  /** What the controls say. */
  settings: RunSettings;
}

/** A figure that can stand alone, in a frame or on a slide; its file is fetched when it is wanted. */
interface Figure {
  /** Kept for it until it is there. */
  room: string;
  load(): Promise<{ Part: Component<FigureProps>; props: object }>;
}

function figure<Props extends object>(
  room: string,
  load: () => Promise<{ default: Component<Props & FigureProps> }>,
  props: Props,
): Figure {
  return {
    room,
    load: async () => ({
      Part: (await load()).default as Component<FigureProps>,
      props,
    }),
  };
}

const stepFigure = (room: string, name: 'headline' | 'entropy' | 'reward') =>
  figure(room, () => import('../StepFigures.svelte'), { figure: name });

/** By the names that links use. */
export const FIGURES = {
  /** pass@k over k: base and now. */
  passk: figure('33rem', () => import('../PassAtKFigure.svelte'), {}),
  /** pass@k and entropy over steps. */
  training: stepFigure('33rem', 'headline'),
  entropy: stepFigure('23rem', 'entropy'),
  reward: stepFigure('23rem', 'reward'),
  /** Every held-out problem by its exact p. */
  problems: figure('24rem', () => import('../problem/ProblemMap.svelte'), { opened: null }),
  /** pass@k of problems that need a skill which a narrow prior lacks; empty for any other. */
  beyond: figure('33rem', () => import('../BeyondFigure.svelte'), {}),
  /** How much the algorithm cares about a problem of success probability p. */
  weight: figure('61rem', () => import('../UpdateWeightFigure.svelte'), {}),
} as const satisfies Record<FigureName, Figure>;

/** Those of a slide too: what stands in a lecture only. */
export const SLIDE_FIGURES = {
  ...FIGURES,
  /** pass@k of a large model beside that of the recorded run, whatever is on screen. */
  large: figure('33rem', () => import('../large/LargeBesideToy.svelte'), { words: null }),
} as const satisfies Record<string, Figure>;
export type SlideFigureName = keyof typeof SLIDE_FIGURES;
