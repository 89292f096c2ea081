import type { ParsedPermalink } from '../../run/permalink.ts';
import { Playground } from '../playground.svelte.ts';

/** A playground that stands in a frame, or on a slide: its address belongs to whoever wrote it, and stays as it is. */
export class EmbeddedPlayground extends Playground {
  protected override showAddress(): void {}

  /** Another set-up, in place of the one on screen. */
  open({ settings, problems }: ParsedPermalink): void {
    this.settings = settings;
    this.notices = problems;
    this.reset();
  }

  /** Ends what computes and frees what it had; the figures stay, and Play makes the same run again. */
  release(why: string): void {
    if (this.state === 'cancelled') return;
    this.cancel();
    this.cancelled = why;
  }
}
