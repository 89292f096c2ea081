import { permalinkOf } from '../../run/permalink.ts';
import type { RunSettings } from '../../run/settings.ts';
import { Playground } from '../playground.svelte.ts';

/** A playground that stands in a frame, or on a slide: its address belongs to whoever wrote it, and stays as it is. */
export class EmbeddedPlayground extends Playground {
  /** Whether what computed has been let go of without the reader's asking. */
  isReleased = false;

  constructor(...parts: ConstructorParameters<typeof Playground>) {
    super(...parts);
    // Who asks for another run here, such as the next slide, does not want to see this one meanwhile.
    this.hasLived = true;
  }

  protected override showAddress(): void {}

  /**
   * A set-up as it stands after a step: of the page's own one the recorded run, which is there at once; any other trains
   * up to it.
   */
  present(settings: RunSettings, step: number): void {
    const isRecorded = permalinkOf(settings) === '';
    this.settings = settings;
    this.waits = isRecorded;
    // The recorded run is of other settings than the rest, and not to be shown for it.
    this.begun = !isRecorded;
    this.reset();
    if (isRecorded) this.held = step;
    else if (step > 0) this.runTo(step);
  }

  /** Ends what computes and frees what it had; the figures stay, and Play makes the same run again. */
  release(why: string): void {
    if (this.state === 'cancelled') return;
    this.end(why);
    this.isReleased = true;
  }

  /** By the reader. */
  override cancel(): void {
    this.isReleased = false;
    super.cancel();
  }
}
