import type { LiveRun } from './run.svelte.ts';

/** A hidden tab is not drawn, and the browser may slow it down; the rows are the same either way. */
export class Absence {
  /** Steps that a playing run made while the tab was hidden last; null where there was no such time. */
  steps = $state<number | null>(null);
  /** The step that the run had reached when the tab was hidden. */
  #hiddenAt: number | null = null;

  constructor(run: LiveRun) {
    document.addEventListener('visibilitychange', () => this.#notice(run));
  }

  #notice(run: LiveRun): void {
    if (document.hidden) {
      this.#hiddenAt = run.phase.kind === 'playing' ? run.arrivedStep : null;
      return;
    }
    if (this.#hiddenAt === null) return;
    this.steps = run.arrivedStep - this.#hiddenAt;
    this.#hiddenAt = null;
  }
}
