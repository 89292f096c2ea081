import { steadyClock } from '../../core/steadyClock.ts';
import type { EvaluationProblems } from '../../experiments/evaluate.ts';
import type { TrainRow } from '../../experiments/train.ts';
import type { PolicyShape } from '../../policy/shape.ts';
import { boundRows, type BoundedRows } from '../../run/boundedRows.ts';
import { DEFAULT_SETTINGS } from '../../run/defaults.ts';
import type { RunSettings } from '../../run/table.ts';
import type { EngineInfo, Progress, SessionEvent } from '../../session/protocol.ts';
import type { Branching, ShownRun } from '../../run/tried.ts';
import { createGathering, pageMoments } from './gathering.ts';
import { Pace } from './pace.svelte.ts';
import {
  LOADING,
  NOTHING,
  progressOf,
  withProgress,
  withState,
  type Asked,
  type Phase,
} from './phase.ts';

/** All of a run that another takes the place of, to be put back as it was. */
export type SavedRun = Pick<LiveRun, (typeof SAVED)[number]>;
const SAVED = [
  ...(['id', 'settings', 'rows', 'checkpoints', 'problems', 'shape', 'branched'] as const),
  ...(['kept', 'startedAt', 'phase', 'asked'] as const),
];

/** The run on screen: where it stands, and what a session has told of it. */
export class LiveRun {
  phase = $state.raw<Phase>(LOADING);
  asked = $state.raw<Asked>(NOTHING);
  /** Which run it is; one that goes on beyond its end stays the same. */
  id = $state(0);
  /** What it was started with: a new object with every run. */
  settings = $state.raw<RunSettings>({ ...DEFAULT_SETTINGS });
  rows = $state.raw<readonly TrainRow[]>([]);
  /** The steps that can be asked about and branched from, in order. */
  checkpoints = $state.raw<readonly number[]>([]);
  problems = $state.raw<EvaluationProblems | null>(null);
  shape = $state.raw<PolicyShape | null>(null);
  /** Where it has branched off, if it has. */
  branched = $state.raw<Branching | null>(null);
  /** Of a run that was opened from a file: when it was made, and how far it was; null of one computed here. */
  kept = $state.raw<{ at: string; step: number } | null>(null);
  /** What computes it; of the run before until that is known. */
  engine = $state.raw<EngineInfo | null>(null);
  memory = $state.raw<{ tensors: number; bytes: number } | null>(null);
  /** When it was set up, in milliseconds since 1970. */
  startedAt = 0;

  #now = steadyClock();
  pace = new Pace(this.#now);
  /** The rows, also those that no figure has yet. */
  #arrived: BoundedRows = boundRows();
  /** Also of a row that a hidden tab has not drawn. */
  arrivedStep = 0;
  #hasNew = false;
  /** The latest of what comes beside them and is not shown yet. */
  #latest: { progress?: Progress | null; memory?: { tensors: number; bytes: number } } = {};
  /** However fast rows come, between two drawings of them there is time for what the reader does. */
  #gathering = createGathering(() => this.#draw(), pageMoments(this.#now));

  /** Its last step that is on screen. */
  step = $derived(this.rows.at(-1)?.step ?? 0);
  progress = $derived(progressOf(this.phase));
  onScreen = $derived<ShownRun>({
    id: this.id,
    settings: this.settings,
    rows: this.rows,
    branched: this.branched,
    startedAt: this.startedAt,
  });

  /** @param onRows is told whenever other rows are on screen. */
  constructor(readonly onRows: () => void = () => {}) {}

  /** Another run, or one that goes on, takes the place of this one; of the rows so far it has `rows`. */
  begin(rows: readonly TrainRow[], id: number): void {
    if (id !== this.id) {
      this.startedAt = Date.now();
      this.kept = null;
    }
    this.id = id;
    this.#arrived = boundRows();
    this.#hasNew = false;
    this.#latest = {};
    for (const row of rows) this.#arrived.push(row);
    this.arrivedStep = rows.at(-1)?.step ?? 0;
    this.rows = rows;
    this.pace.forget();
    this.asked = NOTHING;
    this.phase = LOADING;
    this.onRows();
  }

  save(): SavedRun {
    const saved = Object.fromEntries(SAVED.map((key) => [key, this[key]])) as unknown as SavedRun;
    return { ...saved, rows: this.rowsUpTo(Infinity) };
  }

  restore({ id, rows, ...saved }: SavedRun): void {
    this.begin(rows, id);
    Object.assign(this, saved);
  }

  /** Takes in what a session tells of it; where that is a notice or an answer, nothing. */
  hear(event: SessionEvent): void {
    switch (event.kind) {
      case 'state':
        // Whoever hears that a run has stopped finds all its rows.
        if (event.state !== 'playing') this.flush();
        this.phase = withState(this.phase, event.state);
        if (event.state !== 'playing') this.pace.forget();
        break;
      case 'progress':
        this.#latest.progress = event.progress;
        this.#gathering.arrive();
        break;
      case 'engine':
        this.engine = event.engine;
        break;
      case 'ready':
        this.problems = event.problems;
        this.shape = event.shape;
        break;
      case 'row':
        // Of a run that was left and has come back, steps after its last checkpoint are made again: their rows are here.
        if (event.row.step < this.arrivedStep) break;
        this.arrivedStep = event.row.step;
        this.#arrived.push(event.row);
        this.#hasNew = true;
        this.#latest.memory = event.memory;
        if (this.phase.kind === 'playing') this.pace.arrive();
        this.#gathering.arrive();
        break;
      case 'checkpoints':
        this.checkpoints = event.steps;
        break;
      case 'failure':
        this.phase = { kind: 'failed', why: event.message };
        break;
    }
  }

  /** Its session is gone; the rows so far stay. */
  lose(phase: Phase): void {
    this.flush();
    this.checkpoints = [];
    this.phase = phase;
  }

  /** Draws at once what has arrived. */
  flush(): void {
    this.#gathering.flush();
  }

  /** Also those that no figure has yet; old ones thinned, in a new array. */
  rowsUpTo(step: number): TrainRow[] {
    return this.#arrived.list().filter((row) => row.step <= step);
  }

  /** So long a piece of work may take by what the session has said, and by the last step; 0 where nothing is known. */
  get expectedSeconds(): number {
    const { progress = this.progress } = this.#latest;
    return Math.max(progress?.secondsLeft ?? 0, this.rows.at(-1)?.step_time ?? 0);
  }

  #draw(): void {
    const { progress, memory } = this.#latest;
    this.#latest = {};
    if (progress !== undefined) this.phase = withProgress(this.phase, progress);
    if (memory) this.memory = memory;
    this.pace.draw();
    if (!this.#hasNew) return;
    this.#hasNew = false;
    this.rows = this.#arrived.list();
    this.onRows();
  }
}
