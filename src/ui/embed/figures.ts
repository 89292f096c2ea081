import type { Component } from 'svelte';
import type { RunSettings } from '../../run/table.ts';
import type { Figures } from '../state/figures.svelte.ts';
import * as EMBED from '../../messages/embed.ts';

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
} as const satisfies Record<string, Figure>;

export type FigureName = keyof typeof FIGURES;

export const isFigure = (name: string): name is FigureName => Object.hasOwn(FIGURES, name);

/** The figures that a link asks for; a name of none is told to `problems` and left out. */
export function figuresOf(names: readonly string[], problems: string[]): readonly FigureName[] {
  const known = Object.keys(FIGURES).join(', ');
  for (const name of names) if (!isFigure(name)) problems.push(EMBED.noFigure({ name, known }));
  return names.filter(isFigure);
}

/** Unless a link says otherwise. */
export const STANDARD_FIGURES: readonly FigureName[] = ['passk', 'training'];
