import { goesOn } from '../run/extend.ts';
import type { ParsedPermalink } from '../run/permalink.ts';
import type { RunFile } from '../run/runFile/runFile.ts';
import type { RunSettings, SettingKey } from '../run/table.ts';
import type { Load } from '../session/protocol.ts';
import { AddressedPage } from './addressedPage.svelte.ts';
import { basesUrl } from './fetched.ts';
import type { ShownRun } from './runs/tried.ts';

/** What the held-out problems of a run are made from. */
const PROBLEM_KEYS: readonly SettingKey[] = [
  ...(['task', 'size', 'prior', 'rarity', 'base', 'evalProblems'] as const),
];

/** What a command that begins a run says beside the run. */
type Beginning = Load extends infer L
  ? L extends Load
    ? Omit<L, 'run' | 'settings' | 'basesUrl'>
    : never
  : never;

/** A run has at most so many steps. */
const MOST_STEPS = 100_000;

/** Whether a link says how the page is shown, and nothing that has to be computed. */
const isOfNoRun = ({ view: { study, ...shown } }: ParsedPermalink): boolean =>
  study === undefined && Object.keys(shown).length > 0;

/** The page with what its controls do. */
export class Playground extends AddressedPage {
  readonly basesUrl = basesUrl();
  /** Once there is a recorded run, if one is to be shown. */
  #recorded: Promise<void> | null = null;

  /**
   * @param link what the address says; null for the defaults.
   * @param place `part` where it is a part of another page, which looks after the address and shows no recorded run.
   */
  constructor(link: ParsedPermalink | null, place: 'page' | 'part' = 'page') {
    super();
    this.isPart = place === 'part';
    if (link) this.take(link);
    // Who came for no run in particular looks at the recorded one first; nothing that computes is loaded for that.
    this.waits = !link || (!this.changed && isOfNoRun(link));
    this.reset();
    void this.#stand(link?.view.step);
    if (this.isPart) return;
    this.address.arrive();
    addEventListener('hashchange', () => this.#follow());
  }

  /** Starts again from the base with the settings of the controls; the same seed gives the same run. */
  reset(): void {
    this.#leave();
    this.#leaveSilent();
    this.linked = null;
    if (PROBLEM_KEYS.some((key) => this.settings[key] !== this.applied[key])) {
      this.liveProblems = null;
      this.shape = null;
    }
    this.applied = { ...this.settings };
    this.branched = null;
    this.checkpoints = [];
    this.begin([], this.newId());
    void this.showEntry();
    this.#recorded = this.showRecording();
    this.showAddress();
    if (this.waits) this.state = 'paused';
    else this.#load({ kind: 'load' });
  }

  /** Sets up the run that has waited for somebody to want it. */
  protected override wake(): void {
    if (!this.waits) return;
    this.waits = false;
    this.state = 'loading';
    this.showAddress();
    this.#load({ kind: 'load' });
  }

  /** For what tells that something will be computed soon, such as a pointer near Play. */
  expect(): void {
    this.wake();
  }

  /** Until the end, or until a step. */
  play(until?: number): void {
    if (this.isOver || this.#isStale()) this.reset();
    this.#go();
    this.stepped = false;
    this.until = until ?? null;
    this.send({ kind: 'play', ...(until === undefined ? {} : { until }) });
  }

  pause(): void {
    this.send({ kind: 'pause' });
  }

  step(): void {
    if (this.state === 'cancelled' || this.#isStale()) this.reset();
    this.#go();
    this.stepped = true;
    this.send({ kind: 'step' });
  }

  /** Plays until a step; where that is beyond the run's end, the run goes on, its length doubled until it is not. */
  runTo(step: number): void {
    if (this.state === 'failed' || this.state === 'cancelled' || this.#isStale()) this.reset();
    let { steps } = this.applied;
    while (steps < step) steps = Math.min(MOST_STEPS, 2 * Math.max(1, steps));
    if (steps > this.applied.steps) this.#goOn(steps);
    this.#go();
    this.stepped = false;
    this.until = step;
    this.send({ kind: 'play', until: step });
  }

  /** From now on the page is about the live run, wherever a link has led. */
  #go(): void {
    this.remark = null;
    this.leftOff = false;
    // A place in the recorded run is none in this one.
    if (this.showsRecording) this.held = null;
    this.begun = true;
    if (this.linked === null) return;
    this.linked = null;
    this.showAddress();
  }

  /** Goes to the step of a link: back to it in a recorded run, by training as far in a live one. */
  async #stand(step: number | undefined): Promise<void> {
    if (step === undefined) return;
    const { run } = this;
    this.linked = step;
    this.showAddress();
    if (this.waits) await this.#recorded;
    if (run !== this.run || this.begun) return;
    if (this.showsRecording && this.waits) {
      if (step < this.latest!.step) this.held = step;
    } else if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      const { text } = (await import('./share/words.ts')).standsAt(step);
      this.remark = { text, refused: false };
    } else if (step > 0) {
      this.begun = true;
      this.until = Math.min(step, this.applied.steps);
      this.send({ kind: 'play', until: this.until });
    }
  }

  /** Gives the run more steps: it goes on from its last checkpoint, or begins again where its rows are others then. */
  #goOn(steps: number): void {
    const from = this.checkpoints.at(-1);
    this.settings.steps = steps;
    if (from === undefined) return this.reset();
    this.applied = { ...this.applied, steps };
    if (!goesOn(this.applied)) {
      this.checkpoints = [];
      this.begin([], this.runId);
      return this.#load({ kind: 'load' });
    }
    this.begin(this.rowsUpTo(from), this.runId);
    this.#load({ kind: 'branch', from });
  }

  /**
   * Goes on from a checkpoint with the settings of the controls. The run so far stays as a ghost, and the first rows of
   * the new one are its own.
   */
  branch(from: number): void {
    const of = this.runId;
    this.pin();
    this.#leave();
    this.applied = { ...this.settings };
    this.branched = { of, step: from };
    this.begin(this.rowsUpTo(from), this.newId());
    this.showAddress();
    this.#load({ kind: 'branch', from });
  }

  /** Shows a run that was kept in a file, as it was; the one on screen is remembered. */
  openKept({ settings, rows, problems, shape, checkpoints, branched, ...file }: RunFile): void {
    this.#leave();
    this.#leaveSilent();
    this.linked = null;
    this.waits = false;
    this.begun = true;
    this.settings = { ...settings };
    this.applied = { ...settings };
    this.liveProblems = problems;
    this.shape = shape;
    // The run that it has branched off from is not here.
    this.branched = branched === null ? null : { of: this.newId(), step: branched };
    this.checkpoints = checkpoints.map(({ step }) => step);
    this.begin(rows, this.newId());
    this.startedAt = file.startedAt;
    this.kept = { at: file.made.at.slice(0, 10), step: rows.at(-1)!.step };
    this.held = file.view.step;
    this.problem = file.view.problem;
    void this.showEntry();
    this.showAddress();
    this.#load({ kind: 'open', shape, checkpoints, heldOut: problems.heldOut });
  }

  /** Keeps the run on screen as a ghost behind those that come after it. */
  pin(): void {
    this.runs?.pin(this.runId);
  }

  /** Ends what is being prepared, and Play begins it again; of a run that evaluates, Play makes the evaluation again. */
  cancel(): void {
    if (this.state === 'loading' || this.silentFor !== null) this.end(this.progress?.label ?? '');
    else {
      this.leftOff = true;
      this.send({ kind: 'cancel' });
    }
  }

  /** Ends whatever computes, and says why; Play begins the run again. */
  protected end(why: string): void {
    this.cancelled = why;
    this.disconnect();
    this.state = 'cancelled';
  }

  setSpeed(speed: number | null): void {
    this.speed = speed;
    this.forgetSpeed();
    if (!this.waits) this.send({ kind: 'speed', stepsPerSecond: speed });
  }

  newSeed(): void {
    // A new seed is the one choice that nobody makes, so the clock makes it; everything after is a function of it.
    this.settings.seed = Date.now() % 1_000_000;
    this.reset();
  }

  /**
   * Changes one setting; a task or an algorithm brings its own defaults along. A run that has not begun to train takes
   * it at once.
   */
  change<K extends SettingKey>(key: K, value: RunSettings[K]): void {
    this.waits = false;
    this.withTable(({ withSetting }) => {
      this.settings = withSetting(this.settings, key, value);
      if (this.#isStale()) this.reset();
    });
  }

  /** Puts the settings of a run into the controls. */
  takeSettings(settings: RunSettings): void {
    this.settings = { ...settings };
    if (this.#isStale()) this.reset();
  }

  /** Brings a held-out problem onto the stage. */
  takeInHand(index: number): void {
    this.problem = index;
    this.showAddress();
    // What was recorded of it needs nothing computed.
    if (!this.handful.includes(index)) this.wake();
  }

  /** Opens a held-out problem, about which the run on screen will be asked. */
  openProblem(index: number): void {
    this.problem = index;
    this.showAddress();
    this.wake();
  }

  /** Gives a session that does not answer more time. */
  wait(): void {
    this.isPatient = true;
  }

  dismiss(index: number): void {
    this.notices.splice(index, 1);
  }

  #load(how: Beginning): void {
    const settings = { ...this.applied };
    this.send({ ...how, run: this.run, settings, basesUrl: this.basesUrl });
  }

  /** What has trained is remembered among the runs tried. */
  #leave(): void {
    const left: ShownRun = { ...this.onScreen, rows: this.arrived };
    if (left.rows.length > 1 && left.rows.at(-1)!.step > (left.branched?.step ?? 0))
      this.withTable(({ triedRun }) => this.runs?.remember(triedRun(left)));
  }

  /** Who does not answer would not hear of another run either. */
  #leaveSilent(): void {
    if (this.silentFor !== null) this.disconnect();
  }

  /** Also those that no figure has yet. */
  rowsUpTo(step: number) {
    return this.arrived.filter((row) => row.step <= step);
  }

  /** Takes the settings of an address that the reader has changed. */
  #follow(): void {
    this.address.drop();
    const isHere = this.address.arrive();
    this.withTable(({ parsePermalink }) => {
      const link = parsePermalink(location.hash);
      if (isHere) return this.returnTo(link.view.room);
      this.take(link);
      const { step, problem } = link.view;
      const last = this.latest?.step ?? -1;
      if (!this.changed && step !== undefined && step <= last) {
        this.held = step < last ? step : null;
        return;
      }
      // A link with the same settings leaves a run as it is; one to a study, or to a problem, leaves also what waits.
      if (this.changed || (this.waits && !(this.seeksStudy || problem))) {
        this.waits = false;
        this.reset();
      }
      void this.#stand(step);
    });
  }

  /** The controls differ from a run that has nothing to lose yet. */
  #isStale(): boolean {
    return this.changed && this.rows.length <= 1;
  }
}
