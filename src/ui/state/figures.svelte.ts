import { handful } from '../../core/handful.ts';
import type { TrainRow } from '../../experiments/train.ts';
import type { Series } from '../../plots/series.ts';
import { hasStandardPrior, STANDARD } from '../../run/defaults.ts';
import type { Recording } from '../../run/recording.ts';
import type { SettingKey } from '../../run/table.ts';
import { taskName } from '../../run/trainSettings.ts';
import type { CurveKind } from '../../run/view.ts';
import { recordOf } from '../../tasks/tasks.ts';
import type { Behind } from '../runs/ghostSeries.ts';
import type { Runs } from '../runs/runs.svelte.ts';
import type { Companion } from '../studies/companion.ts';
import { isStepwise } from './phase.ts';
import type { Recorded } from './recorded.svelte.ts';
import type { LiveRun } from './run.svelte.ts';

/** Steps a second up to which a reader can follow what is sampled in each of them. */
const FOLLOWED_SPEED = 2;
/** And above which it only flickers by. */
const FLICKERING_SPEED = 6;

const NOTHING_BEHIND: Behind = { passAt: [], entropy: [], reward: [] };

/** The last row at or before a step; the first where there is none. */
function rowAt(rows: readonly TrainRow[], step: number): TrainRow | null {
  let found: TrainRow | null = rows[0] ?? null;
  for (const row of rows) {
    if (row.step > step) break;
    found = row;
  }
  return found;
}

/** What the figures show: of the run on screen or a recorded one, at the step where they stand. */
export class Figures {
  /** The runs of this visit; comes after the first paint. */
  runs = $state.raw<Runs | null>(null);
  /** What a study recorded of the settings of the live run, where the reader has come from there. */
  companion = $state.raw<Companion | null>(null);
  /** The held-out problem that the reader has opened, by its index; null for none. */
  problem = $state<number | null>(null);
  /** What the curve over k counts. */
  curve = $state<CurveKind>('any');
  /** Whether nothing beyond the step that is held is drawn, as for an audience that has not seen it yet. */
  hidesFuture = false;
  #held = $state<number | null>(null);
  #pointed = $state<number | null>(null);
  #run: LiveRun;
  #recorded: Recorded;
  #onMove: (what: 'step' | 'other') => void;

  /** @param onMove is told when the figures stand at another step, or show something else. */
  constructor(
    run: LiveRun,
    recorded: Recorded,
    onMove: (what: 'step' | 'other') => void = () => {},
  ) {
    this.#run = run;
    this.#recorded = recorded;
    this.#onMove = onMove;
  }

  /** The live run, whether it is what they show or a recorded one is. */
  get run(): LiveRun {
    return this.#run;
  }
  get recorded(): Recorded {
    return this.#recorded;
  }

  /** Where the timeline stands; null follows the run. */
  get held(): number | null {
    return this.#held;
  }
  set held(step: number | null) {
    if (step === this.#held) return;
    this.#held = step;
    this.#onMove('step');
  }

  /** The step that all figures are read at, under the pointer or where the timeline stands; null is the latest. */
  get cursor(): number | null {
    return this.#pointed ?? this.#held;
  }
  /** Points at a step; null takes the pointer away. */
  set cursor(step: number | null) {
    this.#pointed = step;
  }

  /** Brings a held-out problem onto the stage. */
  openProblem(index: number): void {
    this.problem = index;
    this.#onMove('other');
  }

  /** Has the curve over k count something else. */
  chooseCurve(curve: CurveKind): void {
    this.curve = curve;
    this.#onMove('other');
  }

  /** Whether Play would make another run than the recorded one; the engine that computes it makes none of another. */
  isOther = $derived(
    (Object.keys(STANDARD) as SettingKey[]).some(
      (key) => key !== 'engine' && this.run.settings[key] !== STANDARD[key],
    ),
  );
  /**
   * The recorded run, while that is what the figures show; it has to be one of the same task and base. It goes when the
   * reader begins a run or, where that is the very run that was recorded, when it has made a step.
   */
  recording = $derived.by((): Recording | null => {
    const { run, own } = this.recorded;
    const { settings } = this.run;
    const stays = own === 'none' || (own === 'begun' && !this.isOther);
    const isOfBase = settings.base === 'shipped' && hasStandardPrior(settings);
    return stays && isOfBase && run?.task === taskName(settings) ? run : null;
  });
  showsRecording = $derived(this.recording !== null);

  visible = $derived.by((): readonly TrainRow[] => {
    const rows = this.recording?.rows ?? this.run.rows;
    return this.hidesFuture ? rows.filter(({ step }) => step <= (this.held ?? step)) : rows;
  });
  problems = $derived(this.recording?.problems ?? this.run.problems);
  /** The exact p of each evaluated problem under the shipped base, if the run on screen is one of that base. */
  entryP = $derived(
    this.run.settings.base === 'shipped' && this.run.settings.evalTemperature === 1
      ? (this.recorded.entry?.heldOutP.slice(0, this.run.settings.evalProblems) ?? null)
      : null,
  );
  /** The base's exact p of each held-out problem. */
  baseP = $derived<readonly number[] | null>(this.visible[0]?.heldOut?.p ?? this.entryP);
  /** The base's exact p of each held-out problem beyond a narrow prior; of sound answers, where steps are written. */
  baseBeyondP = $derived<readonly number[] | null>(
    this.visible[0]?.beyond
      ? (this.visible[0].beyond.soundP ?? this.visible[0].beyond.p)
      : this.entryP && !recordOf(this.run.settings.task).writesSteps
        ? (this.recorded.entry?.beyondP?.slice(0, this.run.settings.evalProblems) ?? null)
        : null,
  );

  /** Problems to look at one after another; of a recording those whose answers it has. */
  handful = $derived(
    this.recording?.answers?.map(({ problem }) => problem) ?? handful(this.baseP ?? []),
  );
  /** Whether the problem that was asked for is one of this run. */
  hasProblem = $derived(this.problem !== null && this.problem < (this.baseP?.length ?? 0));
  /** The problem whose answers stand on the stage: the one that was asked for, else the first of the handful. */
  problemInHand = $derived(this.hasProblem ? this.problem : (this.handful[0] ?? null));

  latest = $derived(this.visible.at(-1) ?? null);
  evaluated = $derived(this.visible.filter((row) => row.heldOut));
  /** The row at the cursor, or the latest. */
  shown = $derived(this.cursor === null ? this.latest : rowAt(this.visible, this.cursor));
  /** The last evaluation at or before the cursor. */
  shownEvaluation = $derived(
    this.cursor === null ? (this.evaluated.at(-1) ?? null) : rowAt(this.evaluated, this.cursor),
  );
  /**
   * The row whose answers are pictured: the last evaluation, which comes with the base's answers and does not flicker
   * by during play; of a run that is stepped through, or slowed down to be followed, its last row.
   */
  pictured = $derived(
    this.cursor === null &&
      (isStepwise(this.run.asked) || (this.run.pace.limit ?? Infinity) <= FOLLOWED_SPEED)
      ? this.latest
      : this.shownEvaluation,
  );
  /** Whether steps go by too fast for what each of them has sampled to be read. */
  isFlickering = $derived(
    this.run.phase.kind === 'playing' &&
      this.cursor === null &&
      (this.run.pace.measured ?? 0) > FLICKERING_SPEED,
  );
  /** Where the x axis of figures over steps ends: where the run does, so that it does not move while training. */
  lastStep = $derived(
    Math.max(
      10,
      this.run.settings.steps,
      this.latest?.step ?? 0,
      ...(this.recording ? [] : (this.runs?.ghosts ?? [])).map(({ run }) => run.numbers.steps),
    ),
  );
  /** The lines of other runs behind it; nothing is behind a recorded one. */
  behind = $derived.by(() => {
    if (this.recording) return null;
    const behind = this.runs?.behind(this.run.onScreen) ?? NOTHING_BEHIND;
    const passAt = [...behind.passAt, ...(this.companion?.passAt ?? [])];
    return { ...behind, passAt };
  });

  /** Other runs over k where they were at this step, and the companion where it ended; `of` as in {@link Companion.curve}. */
  curvesBehind(ks: readonly number[], of: (p: ArrayLike<number>, k: number) => number): Series[] {
    if (this.recording) return [];
    const curves = this.runs?.curves(this.cursor ?? Infinity, ks, of) ?? [];
    return [...curves, ...(this.companion ? [this.companion.curve(ks, of)] : [])];
  }
}
