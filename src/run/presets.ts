import type { RunSettings } from './table.ts';

/** Named settings: what differs from the defaults of the page. The effect appears in some, and does not in others. */
export const PRESETS = {
  /** GRPO on Countdown, the run of the page: the curves cross. */
  crossing: {},
  /** Nothing is learned, so nothing may change. */
  still: { lr: 0 },
  /** A coin pays instead of a verifier. */
  coin: { verifier: 'random' },
  /** A teacher's answers instead of rewards, on a base that never saw one skill. */
  distilled: { prior: 'narrow', experiment: 'distillation', steps: 150 },
  /** Rewards on the same base. */
  narrow: { prior: 'narrow', steps: 150 },
  /** So few training problems that the network can learn each by heart. */
  room: { trainProblems: 4, steps: 100 },
  maze: { task: 'maze' },
  programs: { task: 'programs' },
} as const satisfies Record<string, Partial<RunSettings>>;

export type PresetName = keyof typeof PRESETS;

export const isPreset = (name: string): name is PresetName => Object.hasOwn(PRESETS, name);
