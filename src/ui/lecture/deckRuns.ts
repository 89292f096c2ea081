import { permalinkOf } from '../../run/permalink.ts';
import type { RunSettings } from '../../run/settings.ts';
import type { Kept } from '../state/leftRun.svelte.ts';
import type { Playground } from '../state/playground.svelte.ts';

/** Of no session there has been. */
const NO_SESSION = -1;

/**
 * The runs of a deck by their set-ups: one goes on over the slides that show it, and is there again when somebody comes
 * back to it from others.
 */
export class DeckRuns {
  #playground: Playground;
  /** The set-up on screen. */
  #here: string | null = null;
  /** What was made under other set-ups. */
  #left = new Map<string, Kept>();
  /** Of these the one that was left last, which the session still has: it can go on. */
  #last: string | null = null;

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /** Shows a set-up as it stands after a step; null is as far as its run has come. */
  show(settings: RunSettings, step: number | null): void {
    const setUp = permalinkOf(settings);
    if (setUp !== this.#here || this.#playground.run.phase.kind === 'failed') {
      const inSession = this.#last;
      this.#leave();
      this.#here = setUp;
      const kept = this.#left.get(setUp);
      if (kept) this.#bringBack(kept, setUp === inSession);
      else this.#begin(settings);
    }
    this.#stand(step);
  }

  /** Shows it anew: what was made of it is gone. */
  reset(settings: RunSettings, step: number | null): void {
    this.#pause();
    this.#here = permalinkOf(settings);
    this.#begin(settings);
    this.#stand(step);
  }

  /** The page's own set-up has a recorded run, which is there at once. */
  #begin(settings: RunSettings): void {
    const isRecorded = this.#here === '';
    // The recorded run is of other settings than the rest, and not to be shown for it.
    this.#playground.recorded.own = isRecorded ? 'none' : 'lived';
    this.#playground.prepare(settings, isRecorded);
  }

  #leave(): void {
    const { left, run } = this.#playground;
    left.kept = null;
    if (this.#here !== null) left.leaving(run.settings, () => this.#pause());
    if (!left.kept) return;
    this.#left.set(this.#here!, left.kept);
    this.#last = this.#here;
  }

  /** @param goesOn whether the session still has it; else its rows are there, and Play makes it again. */
  #bringBack(kept: Kept, goesOn: boolean): void {
    const playground = this.#playground;
    playground.recorded.own = 'lived';
    playground.left.kept = goesOn ? kept : { ...kept, session: NO_SESSION };
    playground.undo();
    this.#left.delete(this.#here!);
  }

  #pause(): void {
    // Of a run that waits for its recording nothing is to be set up.
    if (this.#playground.run.phase.kind === 'playing') this.#playground.pause();
  }

  /** A recorded run is shown at the step; a live one trains up to it, unless somebody else has it in hand. */
  #stand(step: number | null): void {
    const { figures, run, recorded } = this.#playground;
    const isLive = recorded.own !== 'none';
    figures.held = isLive && step !== 0 ? null : step;
    if (isLive && step !== null && step > run.step && this.#isOnItsOwn())
      this.#playground.runTo(step);
  }

  /** Whether the presenter has not begun the run, nor stopped it on its way to the step of a slide. */
  #isOnItsOwn(): boolean {
    const { asked, phase, step } = this.#playground.run;
    if (asked.kind === 'nothing') return true;
    if (asked.kind !== 'play' || asked.until === null) return false;
    return step >= asked.until || phase.kind === 'playing' || phase.kind === 'loading';
  }
}
