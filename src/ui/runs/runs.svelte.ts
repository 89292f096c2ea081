import type { Series } from '../../plots/series.ts';
import {
  bandLines,
  GHOST_MARKS,
  ghostCurves,
  ghostLines,
  type Behind,
  type Ghost,
  type GhostMark,
} from './ghostSeries.ts';
import { Repeats } from './repeats.svelte.ts';
import * as TEXT from '../../messages/lines.ts';
import { spannedBy, type Spanned } from '../../run/spread.ts';
import type { ShownRun, TriedRun } from '../../run/tried.ts';

export { triedRun } from '../../run/tried.ts';

/** So many runs are remembered; the oldest that is neither pinned nor part of a band goes first. */
export const MOST_RUNS = 20;

/** The runs of this visit that have been left, and which of them are drawn. */
export class Runs {
  tried = $state.raw<readonly TriedRun[]>([]);
  /** At most three, the one on screen perhaps among them. */
  pinned = $state.raw<readonly (GhostMark & { id: number })[]>([]);
  /** The runs that a band spans, the first of them the one that the others repeat; null without a band. */
  band = $state.raw<readonly number[] | null>(null);
  /** Runs that there was no room for any more. */
  dropped = $state(0);
  repeats = new Repeats();
  #numbers = new Map<number, number>();

  ghosts = $derived(
    this.pinned.flatMap(({ id, ...mark }): Ghost[] => {
      const run = this.tried.find((each) => each.id === id);
      return run ? [{ ...mark, run }] : [];
    }),
  );

  /** What the band spans while `here` is on screen. */
  spanned(here: Pick<ShownRun, 'id' | 'rows'>): Spanned[] {
    return spannedBy(this.band, here, this.tried);
  }

  /** The lines that figures have behind those of `here`. */
  behind(here: Pick<ShownRun, 'id' | 'rows'>): Behind {
    if (!this.band) return this.#ghostLines;
    const band = bandLines(this.spanned(here));
    const { passAt, entropy, reward } = this.#ghostLines;
    return {
      passAt: [...passAt, ...band.passAt],
      entropy: [...entropy, ...band.entropy],
      reward,
    };
  }

  /** The curves of the ghosts over k as they were at a step. */
  curves(
    step: number,
    ks: readonly number[],
    of: (p: ArrayLike<number>, k: number) => number,
  ): Series[] {
    return ghostCurves(this.ghosts, step, ks, of);
  }

  /** Made once for all rows of the run on screen. */
  #ghostLines = $derived(ghostLines(this.ghosts));

  /** `run 3` for the third run that has been named. */
  nameOf(id: number): string {
    if (!this.#numbers.has(id)) this.#numbers.set(id, this.#numbers.size + 1);
    return TEXT.run({ number: this.#numbers.get(id)! });
  }

  remember(run: TriedRun): void {
    this.nameOf(run.id);
    let tried = [...this.tried.filter(({ id }) => id !== run.id), run];
    while (tried.length > MOST_RUNS) {
      const oldest = tried.find(({ id }) => !this.isPinned(id) && !this.band?.includes(id));
      tried = tried.filter((each) => each !== (oldest ?? tried[0]));
      this.dropped++;
    }
    this.tried = tried;
  }

  /** A run that was left is on screen again. */
  recall(id: number): void {
    this.tried = this.tried.filter((each) => each.id !== id);
  }

  isPinned(id: number): boolean {
    return this.pinned.some((each) => each.id === id);
  }

  /** Where there are three already, the one pinned first goes. */
  pin(id: number): void {
    if (this.isPinned(id)) return;
    const kept = this.pinned.slice(-(GHOST_MARKS.length - 1));
    const free = GHOST_MARKS.find(({ letter }) => !kept.some((each) => each.letter === letter))!;
    this.pinned = [...kept, { id, ...free }];
  }

  unpin(id: number): void {
    this.pinned = this.pinned.filter((each) => each.id !== id);
  }

  forget(id: number): void {
    this.unpin(id);
    if (this.band?.includes(id)) this.band = null;
    this.tried = this.tried.filter((each) => each.id !== id);
  }
}
