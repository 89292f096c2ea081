import { EXPERIMENTS } from '../../experiments/experiments.ts';
import type { Marker } from '../../plots/markers.ts';
import { verifierOf } from '../../rl/verifiers.ts';
import { COUNTDOWN } from '../../run/studies/catalogue/shared.ts';
import type { RunSettings } from '../../run/table.ts';

/** What methods have in common, with how they look in every figure: a colour, and a mark beside it. */
export interface Group {
  color: string;
  marker: Marker;
  /** Null for what is no run of its own. */
  has: ((settings: RunSettings) => boolean) | null;
}

const SCALES = ['prompts', 'groupSize', 'steps', 'trainProblems'] as const;
const usual: Partial<RunSettings> = { trainProblems: 0, ...COUNTDOWN };

/** The groups of methods; a run belongs to the first that has it. */
export const GROUPS = {
  between: { color: 'var(--other-3)', marker: 'cross', has: null },
  sampling: {
    color: 'var(--control)',
    marker: 'diamond',
    has: ({ experiment, steps, lr }) => !EXPERIMENTS[experiment].trains || steps === 0 || lr === 0,
  },
  answers: {
    color: 'var(--distilled)',
    marker: 'triangle',
    has: ({ experiment, warmSteps }) => !EXPERIMENTS[experiment].usesAlgorithm || warmSteps > 0,
  },
  reward: {
    color: 'var(--other-2)',
    marker: 'star',
    has: ({ verifier }) => !verifierOf(verifier).isProgram,
  },
  scale: {
    color: 'var(--other-4)',
    marker: 'wye',
    has: (settings) => SCALES.some((key) => settings[key] !== usual[key]),
  },
  rl: { color: 'var(--other-1)', marker: 'circle', has: () => true },
} as const satisfies Record<string, Group>;
export type GroupName = keyof typeof GROUPS;

/** How each method looks: as its group, and what is in none. */
export const LOOKS: Readonly<
  Record<GroupName | 'base' | 'chance' | 'live', Pick<Group, 'color' | 'marker'>>
> = {
  ...GROUPS,
  base: { color: 'var(--base)', marker: 'square' },
  chance: { color: 'var(--chance)', marker: 'nabla' },
  live: { color: 'var(--now)', marker: 'circle' },
};

/** In the order in which they are told. */
export const GROUP_NAMES: readonly GroupName[] = [
  'rl',
  'answers',
  'sampling',
  'between',
  'reward',
  'scale',
];

/** The group of a run with these settings. */
export function groupOf(settings: RunSettings): GroupName {
  const names = Object.keys(GROUPS) as GroupName[];
  return names.find((name) => (GROUPS[name] as Group).has?.(settings)) ?? 'rl';
}
