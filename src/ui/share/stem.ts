import { EXPERIMENTS } from '../../experiments/experiments.ts';
import { taskName, type RunSettings } from '../../run/settings.ts';
import type { Figures } from '../state/figures.svelte.ts';

/** What the names of files begin with, of what is on screen: `countdown-3-grpo-seed1`. */
export const stemOf = ({ recording, run }: Figures): string =>
  recording ? `${recording.task}-recorded-seed${recording.seed}` : fileStem(run.settings);

export const fileStem = (settings: RunSettings): string =>
  `${taskName(settings)}-${EXPERIMENTS[settings.experiment].usesAlgorithm ? settings.algorithm : settings.experiment}-seed${settings.seed}`;
