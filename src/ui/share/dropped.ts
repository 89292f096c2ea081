import type { Playground } from '../state/playground.svelte.ts';
import { openRun } from './runFiles.ts';
import * as TEXT from '../../messages/share.ts';

let latest = 0;

/** Opens the one file that was dropped on the page; a later one takes its place. */
export async function openDropped(page: Playground, files: readonly File[]): Promise<void> {
  const mine = ++latest;
  const told =
    files.length === 1
      ? await openRun(page, files[0]!, () => mine === latest)
      : { text: TEXT.oneFile({ count: files.length }), refused: true };
  if (mine === latest && told) page.remark = told;
}
