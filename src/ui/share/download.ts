import { taskName, type RunSettings } from '../../run/settings.ts';
import type { Page } from '../page.svelte.ts';

/** What the names of files begin with, of what is on screen: `countdown-3-grpo-seed1`. */
export const stemOf = ({ showsRecording, recording, applied }: Page): string =>
  showsRecording ? `${recording!.task}-recorded-seed${recording!.seed}` : fileStem(applied);

export const fileStem = (settings: RunSettings): string =>
  `${taskName(settings)}-${settings.experiment === 'rlvr' ? settings.algorithm : settings.experiment}-seed${settings.seed}`;

/** Gives the reader a file. */
export function download(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
