import { taskName, type RunSettings } from '../../run/settings.ts';
import type { Page } from '../page.svelte.ts';

/** What the names of files begin with, of what is on screen: `countdown-3-grpo-seed1`. */
export const stemOf = ({ showsRecording, recording, applied }: Page): string =>
  showsRecording ? `${recording!.task}-recorded-seed${recording!.seed}` : fileStem(applied);

export const fileStem = (settings: RunSettings): string =>
  `${taskName(settings)}-${settings.experiment === 'rlvr' ? settings.algorithm : settings.experiment}-seed${settings.seed}`;
