import { ANSWERS_EACH } from '../../core/handful.ts';
import type { RunSettings } from '../../run/table.ts';
import type { RecordedAnswer } from '../../run/recording.ts';
import type { Ask } from '../state/port.svelte.ts';
import type { LiveRun } from '../state/run.svelte.ts';

/** Answers to one problem after some steps; those of step 0 are the base's. */
export interface Answers {
  problem: number;
  /** In the notation of the page. */
  name: string;
  step: number;
  answers: readonly RecordedAnswer[];
  /** What the base answered. */
  base: readonly RecordedAnswer[];
}

/** What is wanted: the problem, and the step that it was wanted at, so that it is asked again when the run has gone on. */
interface Wanted {
  problem: number;
  /** A step of the live run that can be asked about; null for wherever it is. */
  at: number | null;
  /** Changes where the answers do. */
  moment: number;
}

/** Asks the live run for answers, one question at a time; what has been passed over meanwhile is never asked for. */
export class LiveAnswers {
  shown = $state.raw<Answers | null>(null);
  failure = $state<string | null>(null);
  readonly #live: LiveRun;
  readonly #askRun: Ask;
  #run: RunSettings | null = null;
  #wanted: Wanted | null = null;
  #asked: Wanted | null = null;
  #isAsking = false;
  /** What it answered before the first step, which is the base: later it would be asked with other random numbers. */
  #ofBase: { problem: number; answers: readonly RecordedAnswer[] } | null = null;

  constructor(run: LiveRun, ask: Ask) {
    this.#live = run;
    this.#askRun = ask;
  }

  /** Null wants none. */
  want(wanted: Wanted | null): void {
    if (this.#run !== this.#live.settings) {
      this.#run = this.#live.settings;
      this.shown = null;
      this.#ofBase = null;
    }
    if (this.shown && this.shown.problem !== wanted?.problem) this.shown = null;
    this.#wanted = wanted;
    if (!this.#isAsking) void this.#ask();
  }

  async #ask(): Promise<void> {
    const wanted = this.#wanted;
    if (wanted === null || wanted === this.#asked) return;
    this.#asked = wanted;
    this.#isAsking = true;
    const { problem, at } = wanted;
    const run = this.#run;
    try {
      const question = { kind: 'samples', problem, count: ANSWERS_EACH, draw: 0 } as const;
      const { problem: name, step, now, base } = await this.#askRun(question, at);
      const known = this.#ofBase?.problem === problem ? this.#ofBase.answers : null;
      const first = known || step === 0 ? null : await this.#askRun(question, 0).catch(() => null);
      if (run === this.#run && this.#wanted?.problem === problem) {
        this.#ofBase = { problem, answers: known ?? first?.now ?? base };
        this.shown = { problem, name, step, answers: now, base: this.#ofBase.answers };
        this.failure = null;
      }
    } catch (error) {
      // Of a run that is no more, or of a moment that has been passed over, nobody wants to hear.
      if (run === this.#run && wanted === this.#wanted) this.failure = (error as Error).message;
    }
    this.#isAsking = false;
    void this.#ask();
  }
}
