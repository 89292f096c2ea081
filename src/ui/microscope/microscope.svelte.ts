import type { DissectedUpdate, NoUpdate } from '../../experiments/dissection.ts';
import type { RunSettings } from '../../run/table.ts';
import type { Playground } from '../state/playground.svelte.ts';

/** What was found out about the step after `at`, for the run with these settings. */
interface Found {
  at: number;
  settings: RunSettings;
  update: DissectedUpdate | null;
  nothing: NoUpdate | null;
}

const nextFrame = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => resolve()));

/** Asks the session to take the next update apart, and keeps what it answers while the run is the same. */
export class Microscope {
  #playground: Playground;
  #found = $state.raw<Found | null>(null);
  #asked = 0;
  #asking: AbortController | null = null;
  /** What is being done: waiting until the run rests, or making the step. */
  phase = $state<'idle' | 'waiting' | 'computing'>('idle');
  failure = $state<string | null>(null);

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /** Null until something is found, and again once another run has begun. */
  get found(): Found | null {
    return this.#found?.settings === this.#playground.run.settings ? this.#found : null;
  }

  /** The step after which the next update is looked into: the last checkpoint up to the cursor, or the latest step. */
  get at(): number {
    const { run, cursor, recording } = this.#playground.figures;
    if (cursor === null || recording) return run.step;
    return run.checkpoints.findLast((step) => step <= cursor) ?? run.step;
  }

  /** What the run itself made of the step, once it has. */
  get made() {
    const step = this.found?.update?.step;
    return this.#playground.run.rows.findLast((row) => row.step === step) ?? null;
  }

  /** Pauses the run, and takes the step after {@link at} apart. */
  async look(): Promise<void> {
    const mine = ++this.#asked;
    this.failure = null;
    this.phase = 'waiting';
    this.#playground.expect();
    if (this.#playground.run.phase.kind === 'playing') this.#playground.pause();
    while (!(await this.#rests())) if (mine !== this.#asked) return;
    // A row reaches the page with the frame after it.
    await nextFrame();
    if (mine === this.#asked) await this.#ask(this.at, null, mine);
  }

  /** The same step, told of another of its groups. */
  async choose(group: number): Promise<void> {
    if (this.found) await this.#ask(this.found.at, group, ++this.#asked);
  }

  cancel(): void {
    this.#asked++;
    this.#asking?.abort(new Error('cancelled'));
    this.phase = 'idle';
  }

  async #rests(): Promise<boolean> {
    await nextFrame();
    const { phase, rows } = this.#playground.run;
    if (phase.kind === 'failed' || phase.kind === 'cancelled') return true;
    return rows.length > 0 && ['paused', 'finished'].includes(phase.kind);
  }

  async #ask(at: number, group: number | null, mine: number): Promise<void> {
    this.phase = 'computing';
    const { signal } = (this.#asking = new AbortController());
    const { settings } = this.#playground.run;
    try {
      const { update, nothing } = await this.#playground.ask<'update'>(
        { kind: 'update', group },
        at,
        signal,
      );
      if (mine === this.#asked) this.#found = { at, settings, update, nothing };
    } catch (error) {
      if (mine === this.#asked) this.failure = (error as Error).message;
    }
    if (mine === this.#asked) this.phase = 'idle';
  }
}
