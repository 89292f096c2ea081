import type { RunSettings } from './table.ts';

/**
 * Named settings: what differs from the defaults of the page. The effect appears in some, and does not in others. A link of
 * an earlier version has the defaults of then below them.
 */
export const PRESETS = {
  /** GRPO on Countdown, the run of the page: the curves cross, and no problem is found that the base lacked. */
  crossing: {},
  /** Gentler steps and an entropy bonus: problems are found that the base lacked. */
  explores: { algorithm: 'entropy-bonus', lr: 5e-4, steps: 150 },
  /** Sizes as in the paper, found by step size and KL: pass@1 two and a half times as high, pass@256 a few points lower. */
  'near-paper': { lr: 5e-4, klCoefficient: 0.1 },
  /** Nothing is rare, so that the base can already do everything. */
  broad: { prior: 'broad' },
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
