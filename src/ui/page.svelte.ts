import { handful } from '../core/handful.ts';
import type { EvaluationProblems } from '../experiments/evaluate.ts';
import type { TrainRow } from '../experiments/train.ts';
import type { PolicyShape } from '../policy/shape.ts';
import type { BaseEntry } from '../run/bases.ts';
import { DEFAULT_SETTINGS, hasStandardPrior, STANDARD } from '../run/defaults.ts';
import type { Recording } from '../run/recording.ts';
import type { RunSettings, SettingKey } from '../run/table.ts';
import { taskName } from '../run/trainSettings.ts';
import type { CurveKind } from '../run/view.ts';
import type { EngineInfo, Progress, SessionState } from '../session/protocol.ts';
import { FIRST_ROOM, type RoomId, type StudiesPart } from './rooms/ids.ts';
import type { Runs } from './runs/runs.svelte.ts';
import type { Branching, ShownRun } from './runs/tried.ts';

function differ(these: RunSettings, those: RunSettings): boolean {
  return (Object.keys(DEFAULT_SETTINGS) as SettingKey[]).some((key) => these[key] !== those[key]);
}

/** Steps a second up to which a reader can follow what is sampled in each of them. */
const FOLLOWED_SPEED = 2;
/** And above which it only flickers by. */
const FLICKERING_SPEED = 6;

/** The last row at or before a step; the first where there is none. */
function rowAt(rows: readonly TrainRow[], step: number): TrainRow | null {
  let found: TrainRow | null = rows[0] ?? null;
  for (const row of rows) {
    if (row.step > step) break;
    found = row;
  }
  return found;
}

/** What the page shows: the controls, the run on screen and what follows from it. */
export class Page {
  /** What the controls say; takes effect with the next run. */
  settings = $state<RunSettings>({ ...DEFAULT_SETTINGS });
  /** What the run on screen was started with. */
  applied = $state.raw<RunSettings>({ ...DEFAULT_SETTINGS });
  /** The rows of the live run. */
  rows = $state.raw<readonly TrainRow[]>([]);
  /** A run made earlier, on screen until the reader begins one. */
  recording = $state.raw<Recording | null>(null);
  /** The steps of the live run that can be asked about and branched from, in order. */
  checkpoints = $state.raw<readonly number[]>([]);
  liveProblems = $state.raw<EvaluationProblems | null>(null);
  shape = $state.raw<PolicyShape | null>(null);
  /** How the shipped base of the run on screen was made; it is on screen before any engine is. */
  entry = $state.raw<BaseEntry | null>(null);
  /** Whether the reader has begun a run; from its first step on only what is live is shown. */
  begun = $state(false);
  /** Whether a run of the reader's has made a step. */
  hasLived = $state(false);
  /** Beyond those of the session: the reader has stopped what it was doing, and it is gone. */
  state = $state<SessionState | 'cancelled'>('loading');
  /** What it was doing then. */
  cancelled = $state('');
  /** Whether the reader has cancelled an evaluation of the run, which waits since. */
  leftOff = $state(false);
  /** Whether nothing has been set up, since a recorded run is there to be looked at. */
  waits = $state(false);
  progress = $state.raw<Progress | null>(null);
  engine = $state.raw<EngineInfo | null>(null);
  memory = $state.raw<{ tensors: number; bytes: number } | null>(null);
  notices = $state<string[]>([]);
  /** The recorded study that was chosen last. */
  study = $state<string | null>(null);
  /** Whether the reader came by a link to that study, and is not there yet. */
  seeksStudy = $state(false);
  failure = $state<string | null>(null);
  /** Seconds that what computes has not answered for; null while it answers. */
  silentFor = $state<number | null>(null);
  /** Whether the reader has chosen to wait for it; until it has been silent for a good while more. */
  isPatient = $state(false);
  #held = $state<number | null>(null);
  #pointed = $state<number | null>(null);
  /** What the page has to say beside the transport, and whether something was refused. */
  remark = $state.raw<{ text: string; refused: boolean } | null>(null);
  /** Whether the list of keys is open. */
  showsKeys = $state(false);
  /** Whether the ways to share and keep are open. */
  showsShare = $state(false);
  /** The runs of this visit; comes after the first paint. */
  runs = $state.raw<Runs | null>(null);
  /** Which run is on screen; one that goes on beyond its end stays the same. */
  runId = $state(0);
  /** Where the run on screen has branched off, if it has. */
  branched = $state.raw<Branching | null>(null);
  /** Of a run that was opened from a file: when it was made, and how far it was; null of one computed here. */
  kept = $state.raw<{ at: string; step: number } | null>(null);
  /** When the run on screen was set up, in milliseconds since 1970. */
  startedAt = 0;
  /** The held-out problem that the reader has opened, by its index; null for none. */
  problem = $state<number | null>(null);
  /** What the curve over k counts. */
  curve = $state<CurveKind>('any');
  /** The room that is open below the stage. */
  room = $state<RoomId>(FIRST_ROOM);
  /** What of the room of studies is open. */
  studiesPart = $state<StudiesPart>('study');
  speed = $state<number | null>(null);
  /** The step that the training stops at; null for the end of the run. */
  until = $state<number | null>(null);
  /** Updates made in the last seconds, a second of wall time. */
  stepsPerSecond = $state<number | null>(null);
  /** Steps that a playing run made while the tab was hidden last; null where there was no such time. */
  away = $state<number | null>(null);
  /** Whether the last row came by Step and not by Play. */
  stepped = $state(false);

  /** Whether Play would make another run than the recorded one; the engine that computes it makes none of another. */
  isOther = $derived(
    (Object.keys(STANDARD) as SettingKey[]).some(
      (key) => key !== 'engine' && this.applied[key] !== STANDARD[key],
    ),
  );
  /**
   * Whether the figures show the recording, if it is one of the same task and base: until a run is begun or, of the very
   * run that was recorded, until it has made a step, so that nothing goes while that is being prepared.
   */
  showsRecording = $derived(
    this.recording !== null &&
      !(this.begun && (this.hasLived || this.isOther)) &&
      this.applied.base === 'shipped' &&
      hasStandardPrior(this.applied) &&
      this.recording.task === taskName(this.applied),
  );
  /** Where the timeline stands; null follows the run. */
  get held(): number | null {
    return this.#held;
  }
  set held(step: number | null) {
    if (step === this.#held) return;
    this.#held = step;
    this.heldElsewhere();
  }
  /** For what follows where the timeline stands. */
  protected heldElsewhere(): void {}

  /** The step that all figures are read at, under the pointer or where the timeline stands; null is the latest. */
  get cursor(): number | null {
    return this.#pointed ?? this.held;
  }
  /** Points at a step; null takes the pointer away. */
  set cursor(step: number | null) {
    this.#pointed = step;
  }

  visible = $derived(this.showsRecording ? this.recording!.rows : this.rows);
  problems = $derived(this.showsRecording ? this.recording!.problems : this.liveProblems);
  /** The exact p of each held-out problem under the shipped base, if the run on screen is one of that base. */
  entryP = $derived(
    this.applied.base === 'shipped' && this.applied.evalTemperature === 1
      ? (this.entry?.heldOutP ?? null)
      : null,
  );
  /** The base's exact p of each held-out problem. */
  baseP = $derived<readonly number[] | null>(this.visible[0]?.heldOut?.p ?? this.entryP);
  /** The base's exact p of each held-out problem beyond a narrow prior; of sound answers, where steps are written. */
  baseBeyondP = $derived<readonly number[] | null>(
    this.visible[0]?.beyond
      ? (this.visible[0].beyond.soundP ?? this.visible[0].beyond.p)
      : this.entryP && this.applied.task !== 'countdown-steps'
        ? (this.entry?.beyondP ?? null)
        : null,
  );

  /** Problems to look at one after another; of a recording those whose answers it has. */
  handful = $derived(
    (this.showsRecording && this.recording!.answers?.map(({ problem }) => problem)) ||
      handful(this.baseP ?? []),
  );
  /** Whether the problem that was asked for is one of this run. */
  hasProblem = $derived(this.problem !== null && this.problem < (this.baseP?.length ?? 0));
  /** The problem whose answers stand on the stage: the one that was asked for, else the first of the handful. */
  problemInHand = $derived(this.hasProblem ? this.problem : (this.handful[0] ?? null));

  latest = $derived(this.visible.at(-1) ?? null);
  evaluated = $derived(this.visible.filter((row) => row.heldOut));
  /** The last step of the live run. */
  liveStep = $derived(this.rows.at(-1)?.step ?? 0);
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
    this.cursor === null && (this.stepped || (this.speed ?? Infinity) <= FOLLOWED_SPEED)
      ? this.latest
      : this.shownEvaluation,
  );
  /** Whether steps go by too fast for what each of them has sampled to be read. */
  isFlickering = $derived(
    this.state === 'playing' &&
      this.cursor === null &&
      (this.stepsPerSecond ?? 0) > FLICKERING_SPEED,
  );
  /** Whether Play has to begin again. */
  isOver = $derived(['finished', 'failed', 'cancelled'].includes(this.state));
  /** Where the x axis of figures over steps ends: where the run does, so that it does not move while training. */
  lastStep = $derived(
    Math.max(
      10,
      this.applied.steps,
      this.latest?.step ?? 0,
      ...(this.showsRecording ? [] : (this.runs?.ghosts ?? [])).map(({ run }) => run.numbers.steps),
    ),
  );
  /** The live run as it is so far. */
  onScreen = $derived<ShownRun>({
    id: this.runId,
    settings: this.applied,
    rows: this.rows,
    branched: this.branched,
    startedAt: this.startedAt,
  });
  /** The lines of other runs behind it; nothing is behind a recorded one. */
  behind = $derived(this.showsRecording ? null : (this.runs?.behind(this.onScreen) ?? null));
  /** Whether a control has been changed since the run on screen was set up. */
  changed = $derived(differ(this.settings, this.applied));
}
