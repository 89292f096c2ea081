import { DEFAULT_SETTINGS } from '../../run/defaults.ts';
import { PROBLEM_KEYS } from '../../run/definitions.ts';
import { goesOn } from '../../run/extend.ts';
import type { ParsedPermalink } from '../../run/permalink.ts';
import type { RunFile } from '../../run/runFile/runFile.ts';
import type { RunSettings, SettingKey } from '../../run/table.ts';
import type { SessionCommand } from '../../session/protocol.ts';
import type { RunLive } from '../studies/companion.ts';
import { Absence } from './absence.svelte.ts';
import { basesUrl } from './fetched.ts';
import { Figures } from './figures.svelte.ts';
import { Notices } from './notices.svelte.ts';
import { PageAddress } from './pageAddress.ts';
import { isOver, isStepwise, LOADING, untilOf, WAITING, type Phase } from './phase.ts';
import { Place } from './place.svelte.ts';
import { ENDED, SessionPort, type Ask, type Loading, type PortEvent } from './port.svelte.ts';
import { Recorded, type Staying } from './recorded.svelte.ts';
import { LiveRun, type SavedRun } from './run.svelte.ts';
import { createTable } from './table.ts';

/** A run has at most so many steps. */
const MOST_STEPS = 100_000;

/** Beside which run a command begins another, which the playground says by itself. */
type Beginning = Loading extends infer L
  ? L extends Loading
    ? Omit<L, 'settings' | 'basesUrl'>
    : never
  : never;

/** Changes what a control says. */
export type Change = <K extends SettingKey>(key: K, value: RunSettings[K]) => void;

/** What the page has to say beside the transport of what the reader has just done, and whether that was refused. */
export interface Remark {
  text: string;
  refused: boolean;
}

/** A run that had trained and has been left for another, as long as it can be brought back. */
export interface LeftRun {
  run: SavedRun;
  /** What the controls said. */
  controls: RunSettings;
  held: number | null;
  /** Its number, and the session that has it. */
  number: number;
  session: number;
}

export interface PlaygroundOptions {
  /** What the address says; null for the defaults. */
  link: ParsedPermalink | null;
  /** Whether the address of the page is kept as the reader goes, only read when it changes, or left to whoever wrote it. */
  address: 'kept' | 'read' | 'left';
  /** Until when a recorded run is shown. */
  recorded: Staying;
}

/** Whether a link says how the page is shown, and nothing that has to be computed. */
const isOfNoRun = ({ view: { study, ...shown } }: ParsedPermalink): boolean =>
  study === undefined && Object.keys(shown).length > 0;

function differ(these: RunSettings, those: RunSettings): boolean {
  return (Object.keys(DEFAULT_SETTINGS) as SettingKey[]).some((key) => these[key] !== those[key]);
}

/** The controls, the run on screen with all that shows it, and what the reader can have done with it. */
export class Playground {
  /** What the controls say; takes effect with the next run. */
  settings = $state<RunSettings>({ ...DEFAULT_SETTINGS });
  remark = $state.raw<Remark | null>(null);
  /** What is open over the page: the list of keys, or the ways to share and keep. */
  dialog = $state<'keys' | 'share' | null>(null);

  /** The run that was left last, until the reader wants it no more. */
  left = $state.raw<LeftRun | null>(null);

  readonly recorded: Recorded;
  readonly run = new LiveRun(() => {
    if (this.run.step > 0) this.recorded.live();
  });
  readonly figures: Figures;
  readonly place = new Place((by) => this.#address?.[by === 'room' ? 'push' : 'nameStudy']());
  readonly notices = new Notices();
  readonly absence = new Absence(this.run);
  readonly port = new SessionPort({
    hear: (event) => this.#hear(event),
    greet: () => ({ kind: 'speed', stepsPerSecond: this.run.pace.limit }),
    expectedSeconds: () => this.run.expectedSeconds,
  });
  readonly basesUrl = basesUrl();
  readonly #withTable = createTable(({ Runs }) => (this.figures.runs ??= new Runs()));
  readonly #address: PageAddress | null;
  #lastId = 0;
  /** Once there is a recorded run, if one is to be shown. */
  #recording: Promise<void> | null = null;

  /** Whether a control has been changed since the run on screen was set up. */
  changed = $derived.by(() => differ(this.settings, this.run.settings));

  constructor({ link, address, recorded }: PlaygroundOptions) {
    this.recorded = new Recorded(recorded);
    this.figures = new Figures(this.run, this.recorded, (what) =>
      what === 'step' ? this.#address?.stepped() : this.#address?.write(),
    );
    const told = { figures: this.figures, place: this.place, withTable: this.#withTable };
    this.#address = address === 'kept' ? new PageAddress(told) : null;
    if (link) this.#take(link);
    // Who came for no run in particular looks at the recorded one first; nothing that computes is loaded for that.
    this.#restart(!link || (!this.changed && isOfNoRun(link)));
    void this.#stand(link?.view.step);
    if (address === 'left') return;
    this.#address?.arrive();
    addEventListener('hashchange', () => this.#follow());
  }

  /** Starts again from the base with the settings of the controls; the same seed gives the same run. */
  reset(): void {
    this.#resetFrom(this.settings);
  }

  /** @param controls what they said before. */
  #resetFrom(controls: RunSettings): void {
    const { run, figures, port } = this;
    const hasTrained = run.step > (run.branched?.step ?? 0);
    const left = hasTrained && {
      ...{ run: run.save(), controls: { ...controls }, held: figures.held },
      ...{ number: port.number, session: port.session },
    };
    this.#restart(run.phase.kind === 'waiting');
    if (left) this.left = left;
  }

  /**
   * Brings the run back that was left last, with its rows and where it stood. It goes on where its session still has it; else
   * it stays as it was, and Play begins it again.
   */
  undo(): void {
    const { left, run, port } = this;
    if (!left) return;
    this.#leave();
    this.left = null;
    this.figures.runs?.recall(left.run.id);
    this.settings = { ...left.controls };
    const { phase, asked } = left.run;
    const wasOver = phase.kind === 'failed' || phase.kind === 'cancelled';
    const isKept = !wasOver && left.session === port.session;
    this.#begin([], left.run.id);
    run.restore(left.run);
    this.figures.held = left.held;
    void this.#showEntry();
    this.#address?.write();
    if (isKept) {
      run.phase = LOADING;
      this.#load({ kind: 'back', of: left.number, from: run.arrivedStep });
      if (phase.kind === 'playing') this.#play(untilOf(asked));
    } else {
      port.disconnect();
      run.lose(wasOver ? phase : { kind: 'cancelled', what: '', by: 'reader' });
    }
  }

  /** Nobody wants the run back that was left. */
  forgetLeft(): void {
    if (this.left?.session === this.port.session) this.port.send({ kind: 'forget' });
    this.left = null;
  }

  /** Runs the settings of a link from the base, with what a study recorded of them behind. */
  runLive: RunLive = (permalink, companion) => {
    this.#withTable(({ parsePermalink }) => {
      this.prepare(parsePermalink(permalink).settings, false);
      this.figures.companion = companion;
      this.play();
    });
  };

  /** Puts a run with these settings on screen; one that waits is set up when somebody wants something of it. */
  prepare(settings: RunSettings, waits: boolean): void {
    this.settings = settings;
    this.#restart(waits);
  }

  #restart(waits: boolean): void {
    const { run } = this;
    this.#leave();
    this.#leaveSilent();
    this.#address?.link(null);
    if (PROBLEM_KEYS.some((key) => this.settings[key] !== run.settings[key]))
      run.problems = run.shape = this.figures.companion = null;
    run.settings = { ...this.settings };
    run.branched = null;
    run.checkpoints = [];
    // Before figures stand anew, so that an address that says nothing stays as it is.
    this.#begin([], this.newId(), waits ? WAITING : LOADING);
    void this.#showEntry();
    this.#recording = this.#showRecording();
    this.#address?.write();
    if (!waits) this.#load({ kind: 'load' });
  }

  /** For what wants something of a run, or tells that it soon will, such as a pointer near Play: sets up one that waits. */
  expect = (): void => {
    if (this.run.phase.kind !== 'waiting') return;
    this.run.phase = LOADING;
    this.#address?.write();
    this.#load({ kind: 'load' });
  };

  /** Until the end, or until a step. */
  play(until?: number): void {
    if (isOver(this.run.phase) || this.#isStale()) this.reset();
    this.#go();
    this.#play(until ?? null);
  }

  pause(): void {
    this.#send({ kind: 'pause' });
  }

  step(): void {
    if (this.run.phase.kind === 'cancelled' || this.#isStale()) this.reset();
    this.#go();
    this.run.asked = { kind: 'step' };
    this.#send({ kind: 'step' });
  }

  /** Plays until a step; where that is beyond the run's end, the run goes on, its length doubled until it is not. */
  runTo(step: number): void {
    const { kind } = this.run.phase;
    if (kind === 'failed' || kind === 'cancelled' || this.#isStale()) this.reset();
    let { steps } = this.run.settings;
    while (steps < step) steps = Math.min(MOST_STEPS, 2 * Math.max(1, steps));
    if (steps > this.run.settings.steps) this.#goOn(steps);
    this.#go();
    this.#play(step);
  }

  #play(until: number | null): void {
    this.run.asked = { kind: 'play', until };
    this.#send({ kind: 'play', ...(until === null ? {} : { until }) });
  }

  /** From now on the page is about the live run, wherever a link has led. */
  #go(): void {
    this.remark = null;
    // A place in the recorded run is none in this one.
    if (this.figures.showsRecording) this.figures.held = null;
    this.recorded.begin();
    this.#address?.unlink();
  }

  /** Goes to the step of a link: back to it in a recorded run, by training as far in a live one. */
  async #stand(step: number | undefined): Promise<void> {
    if (step === undefined) return;
    const { id } = this.run;
    this.#address?.link(step);
    this.#address?.write();
    const isWaiting = (): boolean => this.run.phase.kind === 'waiting';
    if (isWaiting()) await this.#recording;
    if (id !== this.run.id || this.recorded.own !== 'none') return;
    if (this.figures.recording && isWaiting()) {
      if (step < this.figures.latest!.step) this.figures.held = step;
    } else if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      const text = (await import('../../messages/share.ts')).standsAt({ step });
      this.remark = { text, refused: false };
    } else if (step > 0) {
      this.recorded.begin();
      this.#play(Math.min(step, this.run.settings.steps));
    }
  }

  /** Gives the run more steps: it goes on from its last checkpoint, or begins again where its rows are others then. */
  #goOn(steps: number): void {
    const { run } = this;
    const from = run.checkpoints.at(-1);
    this.settings.steps = steps;
    if (from === undefined) return this.reset();
    run.settings = { ...run.settings, steps };
    if (!goesOn(run.settings)) {
      run.checkpoints = [];
      this.#begin([], run.id);
      return this.#load({ kind: 'load' });
    }
    this.#begin(run.rowsUpTo(from), run.id);
    this.#load({ kind: 'branch', from });
  }

  /**
   * Goes on from a checkpoint with the settings of the controls. The run so far stays as a ghost, and the first rows of
   * the new one are its own.
   */
  branch(from: number): void {
    const of = this.run.id;
    this.pin();
    this.#leave();
    this.run.settings = { ...this.settings };
    this.run.branched = { of, step: from };
    this.#begin(this.run.rowsUpTo(from), this.newId());
    this.#address?.write();
    this.#load({ kind: 'branch', from });
  }

  /** Shows a run that was kept in a file, as it was; the one on screen is remembered. */
  openKept({ settings, rows, problems, shape, checkpoints, branched, ...file }: RunFile): void {
    const { run, figures } = this;
    this.#leave();
    this.#leaveSilent();
    this.#address?.link(null);
    this.recorded.begin();
    this.settings = { ...settings };
    run.settings = { ...settings };
    run.problems = problems;
    run.shape = shape;
    // The run that it has branched off from is not here.
    run.branched = branched === null ? null : { of: this.newId(), step: branched };
    run.checkpoints = checkpoints.map(({ step }) => step);
    this.#begin(rows, this.newId());
    run.startedAt = file.startedAt;
    run.kept = { at: file.made.at.slice(0, 10), step: run.step };
    figures.held = file.view.step;
    figures.problem = file.view.problem;
    void this.#showEntry();
    this.#address?.write();
    this.#load({ kind: 'open', shape, checkpoints, heldOut: problems.heldOut });
  }

  /** Keeps the run on screen as a ghost behind those that come after it. */
  pin(): void {
    this.figures.runs?.pin(this.run.id);
  }

  /** Ends what is being prepared, and Play begins it again; of a run that evaluates, Play makes the evaluation again. */
  cancel(): void {
    const { asked, phase, progress } = this.run;
    if (phase.kind === 'loading' || this.port.silence !== null)
      return this.#end(progress?.label ?? '', 'reader');
    this.run.asked = { kind: 'interrupt', of: isStepwise(asked) ? 'step' : 'play' };
    this.#send({ kind: 'cancel' });
  }

  /** Ends what computes and frees what it had, without the reader's asking; the figures stay, and Play makes the same run again. */
  release(why: string): void {
    if (this.run.phase.kind !== 'cancelled') this.#end(why, 'page');
  }

  #end(what: string, by: 'reader' | 'page'): void {
    this.port.disconnect();
    this.run.lose({ kind: 'cancelled', what, by });
  }

  setSpeed(speed: number | null): void {
    const { pace, phase } = this.run;
    pace.limit = speed;
    pace.forget();
    if (phase.kind !== 'waiting') this.#send({ kind: 'speed', stepsPerSecond: speed });
  }

  newSeed(): void {
    // A new seed is the one choice that nobody makes, so the clock makes it; everything after is a function of it.
    const controls = { ...this.settings };
    this.settings.seed = Date.now() % 1_000_000;
    this.#resetFrom(controls);
  }

  /**
   * Changes one setting; a task or an algorithm brings its own defaults along. A run that has not begun to train takes
   * it at once.
   */
  change: Change = (key, value) => {
    this.#withTable(({ withSetting }) => {
      this.settings = withSetting(this.settings, key, value);
      if (this.#isStale()) this.#restart(false);
    });
  };

  /** Puts the settings of a run into the controls. */
  takeSettings(settings: RunSettings): void {
    this.settings = { ...settings };
    if (this.#isStale()) this.reset();
  }

  /** Opens a held-out problem, about which the run on screen will be asked. */
  openProblem(index: number): void {
    this.figures.openProblem(index);
    this.expect();
  }

  /** Asks the live run something: see {@link SessionPort.ask}. */
  ask: Ask = (question, at, signal) => {
    if (!this.port.isOpen && isOver(this.run.phase)) return Promise.reject(new Error(ENDED));
    this.expect();
    return this.port.ask(question, at, signal);
  };

  /** A run that no other has had before it. */
  newId(): number {
    return ++this.#lastId;
  }

  #send(command: SessionCommand): void {
    this.expect();
    this.port.send(command);
  }

  #load(how: Beginning): void {
    const settings = { ...this.run.settings };
    this.port.load({ ...how, settings, basesUrl: this.basesUrl });
  }

  /** Another run, or one that goes on, takes the place of the one on screen. */
  #begin(rows: Parameters<LiveRun['begin']>[0], id: number, phase: Phase = LOADING): void {
    this.port.leaveRun();
    this.run.begin(rows, id);
    this.run.phase = phase;
    this.figures.held = this.figures.cursor = null;
    this.absence.steps = null;
    this.remark = null;
  }

  #hear(event: PortEvent): void {
    if (event.kind === 'lost') {
      this.port.disconnect();
      this.run.lose({ kind: 'failed', why: event.message });
    } else if (event.kind === 'notice') {
      if (event.about === 'loss') this.notices.addLoss(event.message);
      else this.notices.add(event.message);
    } else this.run.hear(event);
  }

  /** What has trained is remembered among the runs tried. */
  #leave(): void {
    const left = { ...this.run.onScreen, rows: this.run.rowsUpTo(Infinity) };
    if (left.rows.length > 1 && left.rows.at(-1)!.step > (left.branched?.step ?? 0))
      this.#withTable(({ triedRun }) => this.figures.runs?.remember(triedRun(left)));
  }

  /** Who does not answer would not hear of another run either. */
  #leaveSilent(): void {
    if (this.port.silence !== null) this.port.disconnect();
  }

  async #showEntry(): Promise<void> {
    const { id, settings } = this.run;
    await this.recorded.fetchEntry(settings, () => id === this.run.id);
  }

  async #showRecording(): Promise<void> {
    try {
      if (await this.recorded.fetchRun(this.run.settings)) return;
    } catch (error) {
      this.notices.add((error as Error).message);
    }
    // Without a recorded run there is something to see only when a live one is ready.
    this.expect();
  }

  #take({ settings, view, problems }: ParsedPermalink): void {
    this.settings = settings;
    this.#address?.take(view);
    this.notices.list = [...problems, ...this.place.take(view)];
    this.figures.problem = view.problem === undefined ? null : view.problem - 1;
    this.figures.curve = view.curve ?? 'any';
  }

  /** Takes the settings of an address that the reader has changed. */
  #follow(): void {
    const isHere = this.#address?.arrive() ?? false;
    this.#withTable(({ parsePermalink }) => {
      const link = parsePermalink(location.hash);
      if (isHere) {
        this.place.returnTo(link.view.room);
        this.#address?.write();
        return;
      }
      this.#take(link);
      const { step, problem } = link.view;
      const last = this.figures.latest?.step ?? -1;
      if (!this.changed && step !== undefined && step <= last) {
        this.figures.held = step < last ? step : null;
        return;
      }
      // A link with the same settings leaves a run as it is; one to a study, or to a problem, leaves also what waits.
      const isWaiting = this.run.phase.kind === 'waiting';
      if (this.changed || (isWaiting && !(this.place.seeksStudy || problem))) this.#restart(false);
      void this.#stand(step);
    });
  }

  /** The controls differ from a run that has nothing to lose yet. */
  #isStale(): boolean {
    return this.changed && this.run.rows.length <= 1;
  }
}
