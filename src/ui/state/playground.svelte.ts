import { DEFAULT_SETTINGS } from '../../run/defaults.ts';
import type { ParsedPermalink } from '../../run/permalink.ts';
import type { RunFile } from '../../run/runFile/runFile.ts';
import type { RunSettings, SettingKey } from '../../run/table.ts';
import type { RunLive } from '../studies/companion.ts';
import { Absence } from './absence.svelte.ts';
import { Figures } from './figures.svelte.ts';
import { LeftRun } from './leftRun.svelte.ts';
import { Links } from './links.ts';
import { Notices, type Remark } from './notices.svelte.ts';
import { OnScreen } from './onScreen.ts';
import { PageAddress } from './pageAddress.ts';
import { isOver, isStepwise } from './phase.ts';
import { Place } from './place.svelte.ts';
import { ENDED, SessionPort, type Ask, type PortEvent } from './port.svelte.ts';
import { Recorded, type Staying } from './recorded.svelte.ts';
import { LiveRun } from './run.svelte.ts';
import { createTable } from './table.ts';

/** A run has at most so many steps. */
const MOST_STEPS = 100_000;

/** Changes what a control says. */
export type Change = <K extends SettingKey>(key: K, value: RunSettings[K]) => void;

export interface PlaygroundOptions {
  /** What the address says; null for the defaults. */
  link: ParsedPermalink | null;
  /** Whether the address of the page is kept as the reader goes, only read when it changes, or left to whoever wrote it. */
  address: 'kept' | 'read' | 'left';
  /** Until when a recorded run is shown. */
  recorded: Staying;
}

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
  readonly left: LeftRun;
  readonly #withTable = createTable(({ Runs }) => (this.figures.runs ??= new Runs()));
  readonly #address: PageAddress | null;
  readonly #onScreen: OnScreen;
  /** What the controls said before the settings of a study. */
  #beforeStudy: RunSettings = this.settings;

  /** Whether a control has been changed since the run on screen was set up. */
  changed = $derived.by(() => differ(this.settings, this.run.settings));

  constructor({ link, address, recorded }: PlaygroundOptions) {
    this.recorded = new Recorded(recorded);
    this.figures = new Figures(this.run, this.recorded, (what) =>
      what === 'step' ? this.#address?.stepped() : this.#address?.write(),
    );
    const { figures, place, port, notices } = this;
    const withTable = this.#withTable;
    this.#address = address === 'kept' ? new PageAddress({ figures, place, withTable }) : null;
    const onBegin = (): void => {
      this.absence.steps = this.remark = null;
    };
    const parts = { figures, port, notices, withTable, address: this.#address };
    const onScreen = (this.#onScreen = new OnScreen({ ...parts, onBegin }));
    this.left = new LeftRun({ ...parts, onScreen });
    const links = new Links(this, { ...parts, onScreen });
    links.open(link);
    if (address !== 'left') links.listen();
  }

  /** Starts again from the base with the settings of the controls; the same seed gives the same run. */
  reset(): void {
    this.#resetFrom(this.settings);
  }

  /** @param controls what they said before. */
  #resetFrom(controls: RunSettings): void {
    this.left.leaving(controls, () =>
      this.prepare(this.settings, this.run.phase.kind === 'waiting'),
    );
  }

  /** Brings the run back that was left last: see {@link LeftRun.bringBack}. */
  undo(): void {
    const controls = this.left.bringBack();
    if (controls) this.settings = { ...controls };
  }

  /** Runs the settings of a link from the base, with what a study recorded of them behind. */
  runLive: RunLive = (permalink, companion) => {
    this.#withTable(({ parsePermalink }) => {
      const controls = { ...this.settings };
      if (!this.figures.companion) this.#beforeStudy = controls;
      const { settings } = parsePermalink(permalink);
      this.left.leaving(controls, () => this.prepare(settings, false));
      this.figures.companion = companion;
      this.play();
    });
  };

  /** Takes away what stands behind the run, and gives the controls what they said before. */
  leaveStudy(): void {
    this.figures.companion = null;
    this.takeSettings(this.#beforeStudy);
  }

  /** Puts a run with these settings on screen; one that waits is set up when somebody wants something of it. */
  prepare(settings: RunSettings, waits: boolean): void {
    this.settings = settings;
    this.#onScreen.restart(settings, waits);
  }

  /** For what wants something of a run: see {@link OnScreen.expect}. */
  expect = (): void => this.#onScreen.expect();

  /** Until the end, or until a step. */
  play(until?: number): void {
    if (isOver(this.run.phase) || this.#isStale()) this.reset();
    this.#go();
    this.#onScreen.play(until ?? null);
  }

  pause(): void {
    this.#onScreen.send({ kind: 'pause' });
  }

  step(): void {
    if (this.run.phase.kind === 'cancelled' || this.#isStale()) this.reset();
    this.#go();
    this.run.asked = { kind: 'step' };
    this.#onScreen.send({ kind: 'step' });
  }

  /** Plays until a step; where that is beyond the run's end, the run goes on, its length doubled until it is not. */
  runTo(step: number): void {
    const { kind } = this.run.phase;
    if (kind === 'failed' || kind === 'cancelled' || this.#isStale()) this.reset();
    let { steps } = this.run.settings;
    while (steps < step) steps = Math.min(MOST_STEPS, 2 * Math.max(1, steps));
    if (steps > this.run.settings.steps) {
      const from = this.run.checkpoints.at(-1);
      this.settings.steps = steps;
      if (from === undefined) this.reset();
      else this.#onScreen.goOn(from, steps);
    }
    this.#go();
    this.#onScreen.play(step);
  }

  /** From now on the page is about the live run, wherever a link has led. */
  #go(): void {
    this.remark = null;
    // A place in the recorded run is none in this one.
    if (this.figures.showsRecording) this.figures.held = null;
    this.recorded.begin();
    this.#address?.unlink();
  }

  /** Goes on from a checkpoint with the settings of the controls. The run so far stays as a ghost. */
  branch(from: number): void {
    this.pin();
    this.#onScreen.branch(from, this.settings);
  }

  /** Shows a run that was kept in a file; the one on screen is remembered. */
  openKept(file: RunFile): void {
    this.settings = { ...file.settings };
    this.#onScreen.open(file);
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
    this.#onScreen.send({ kind: 'cancel' });
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
    if (phase.kind !== 'waiting') this.#onScreen.send({ kind: 'speed', stepsPerSecond: speed });
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
      if (this.#isStale()) this.prepare(this.settings, false);
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
    return this.#onScreen.newId();
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

  /** The controls differ from a run that has nothing to lose yet. */
  #isStale(): boolean {
    return this.changed && this.run.rows.length <= 1;
  }
}
