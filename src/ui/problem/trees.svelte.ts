import type { RunSettings } from '../../run/table.ts';
import type { AnswerTo } from '../../session/questions.ts';
import type { Ask } from '../state/port.svelte.ts';
import type { LiveRun } from '../state/run.svelte.ts';

/** The tree of one problem at one step of the live run. */
export interface ShownTree {
  problem: number;
  step: number;
  tree: AnswerTo<'tree'>;
}

/** Trees are kept, so that scrubbing back asks nothing; one takes some 30 kB. */
const MOST_KEPT = 100;

/** Asks for the trees that are wanted, one at a time: what has been passed over meanwhile is never asked for. */
export class Trees {
  /** What was wanted last and is there. */
  shown = $state.raw<ShownTree | null>(null);
  /** Whether what is wanted is not there yet. */
  waiting = $state(false);
  failure = $state<string | null>(null);
  /** Whether what is wanted is not there, since the reader has ended it. */
  cancelled = $state(false);
  /** Whether the reader wants no more trees of this problem computed; a run that goes on does not change that. */
  #leftOff = false;
  readonly #live: LiveRun;
  readonly #askRun: Ask;
  #kept = new Map<string, ShownTree>();
  /** The run that they are of: its settings are a new object with every run. */
  #run: RunSettings | null = null;
  #wanted: { problem: number; step: number } | null = null;
  #asking: AbortController | null = null;

  constructor(run: LiveRun, ask: Ask) {
    this.#live = run;
    this.#askRun = ask;
  }

  /** Shows the tree of a problem after a step, as soon as it is known; null wants none. */
  want(wanted: { problem: number; step: number } | null): void {
    if (this.#run !== this.#live.settings) {
      this.#run = this.#live.settings;
      this.#kept.clear();
      this.shown = null;
      this.#leftOff = false;
    }
    if (this.#wanted?.problem !== wanted?.problem) this.#leftOff = false;
    this.#wanted = wanted;
    if (this.shown && this.shown.problem !== wanted?.problem) this.shown = null;
    this.#look();
  }

  /** Ends what is being computed; {@link again} begins it anew, and so does another problem. */
  cancel(): void {
    this.#leftOff = true;
    this.#asking?.abort(new Error('cancelled'));
    this.#look();
  }

  again(): void {
    this.#leftOff = false;
    this.#look();
  }

  #look(): void {
    const wanted = this.#wanted;
    const known = wanted && this.#kept.get(`${wanted.problem} ${wanted.step}`);
    const isMissing = wanted !== null && !known;
    this.waiting = isMissing && !this.#leftOff;
    this.cancelled = isMissing && this.#leftOff;
    if (known) {
      this.shown = known;
      this.failure = null;
    } else if (this.waiting && !this.#asking) void this.#ask(wanted!.problem, wanted!.step);
  }

  async #ask(problem: number, step: number): Promise<void> {
    const run = this.#run;
    const asking = (this.#asking = new AbortController());
    try {
      const tree = await this.#askRun({ kind: 'tree', problem }, step, asking.signal);
      if (run === this.#run) {
        const come = { problem, step, tree };
        this.#keep(come);
        // A run that goes on has passed it by; without this a reader of slow steps would never see one.
        if (this.#wanted?.problem === problem) this.shown = come;
      }
    } catch (error) {
      // What is no longer wanted need not be had.
      const isOver = asking.signal.aborted;
      if (
        !isOver &&
        run === this.#run &&
        this.#wanted?.problem === problem &&
        this.#wanted.step === step
      ) {
        this.failure = (error as Error).message;
        this.#wanted = null;
      }
    }
    this.#asking = null;
    this.#look();
  }

  #keep(tree: ShownTree): void {
    this.#kept.set(`${tree.problem} ${tree.step}`, tree);
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value!);
  }
}

/** The steps whose state can be asked about: the checkpoints, and the latest step while nothing runs on. */
export function askableSteps({ checkpoints, phase, step }: LiveRun): readonly number[] {
  if (checkpoints.length === 0 || phase.kind === 'playing' || phase.kind === 'loading')
    return checkpoints;
  return checkpoints.includes(step) ? checkpoints : [...checkpoints, step];
}

/** The index of the last of `steps` at or before the cursor; of the last one without a cursor. */
export function stepIndexAt(steps: readonly number[], cursor: number | null): number {
  if (cursor === null) return steps.length - 1;
  return Math.max(
    0,
    steps.findLastIndex((step) => step <= cursor),
  );
}
