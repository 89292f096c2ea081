import { baseName } from '../run/bases.ts';
import type { ParsedPermalink, View } from '../run/permalink.ts';
import type { RunSettings, SettingKey } from '../run/table.ts';
import { taskName } from '../run/trainSettings.ts';
import { ConnectedPage } from './connectedPage.svelte.ts';
import { basesUrl, fetchEntry, fetchRecording } from './fetched.ts';
import type { ShownRun } from './runs/tried.ts';

/** The table of settings with all its words, what reads it, and the runs tried come when they are wanted. */
const loadTable = async () => ({
  ...(await import('../run/settings.ts')),
  ...(await import('../run/permalink.ts')),
  ...(await import('./runs/runs.svelte.ts')),
});
type Table = Awaited<ReturnType<typeof loadTable>>;

/** The task whose recorded run stands in `public/runs/`. */
const RECORDED = 'countdown-3';

/** What the held-out problems of a run are made from. */
const PROBLEM_KEYS: readonly SettingKey[] = ['task', 'size', 'prior', 'base', 'evalProblems'];

/** A run has at most so many steps. */
const MOST_STEPS = 100_000;

/** The page with what its controls do. */
export class Playground extends ConnectedPage {
  readonly basesUrl = basesUrl();
  #table: Table | null = null;
  #fetchesRecording = false;
  /** The language and the study that the address names. */
  #view: View = {};
  /** The step that a playing run had reached when the tab was hidden. */
  #hiddenAt: number | null = null;

  /** Whether another page holds this one, and looks after the address; no recorded run is shown then. */
  readonly #isPart: boolean;

  /**
   * @param link what the address says; null for the defaults.
   * @param place `part` where it is a part of another page, which looks after the address.
   */
  constructor(link: ParsedPermalink | null, place: 'page' | 'part' = 'page') {
    super();
    this.#isPart = this.#fetchesRecording = place === 'part';
    if (link) this.#take(link);
    // Who came for no run in particular looks at the recorded one first; nothing that computes is loaded for that.
    this.waits = !link || (!!link.view.lang && !link.view.study && !this.changed);
    this.reset();
    document.addEventListener('visibilitychange', () => this.#noticeAbsence());
    if (!this.#isPart) addEventListener('hashchange', () => this.#follow());
  }

  /** Starts again from the base with the settings of the controls; the same seed gives the same run. */
  reset(): void {
    this.#leave();
    if (PROBLEM_KEYS.some((key) => this.settings[key] !== this.applied[key])) {
      this.liveProblems = null;
      this.shape = null;
    }
    this.applied = { ...this.settings };
    this.branched = null;
    this.checkpoints = [];
    this.begin([], this.newId());
    void this.#showEntry();
    void this.#showRecording();
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
    this.remark = null;
    this.begun = true;
    this.stepped = false;
    this.send({ kind: 'play', ...(until === undefined ? {} : { until }) });
  }

  pause(): void {
    this.send({ kind: 'pause' });
  }

  step(): void {
    if (this.state === 'cancelled' || this.#isStale()) this.reset();
    this.begun = true;
    this.stepped = true;
    this.send({ kind: 'step' });
  }

  /** Plays until a step; where that is beyond the run's end, the run goes on, its length doubled until it is not. */
  runTo(step: number): void {
    if (this.state === 'failed' || this.state === 'cancelled' || this.#isStale()) this.reset();
    let { steps } = this.applied;
    while (steps < step) steps = Math.min(MOST_STEPS, 2 * Math.max(1, steps));
    if (steps > this.applied.steps) this.#goOn(steps);
    this.begun = true;
    this.stepped = false;
    this.send({ kind: 'play', until: step });
  }

  #goOn(steps: number): void {
    const from = this.checkpoints.at(-1);
    this.settings.steps = steps;
    if (from === undefined) return this.reset();
    this.applied = { ...this.applied, steps };
    this.begin(this.#rowsUpTo(from), this.runId);
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
    this.begin(this.#rowsUpTo(from), this.newId());
    this.showAddress();
    this.#load({ kind: 'branch', from });
  }

  /** Keeps the run on screen as a ghost behind those that come after it. */
  pin(): void {
    this.runs?.pin(this.runId);
  }

  /** Ends what is being prepared; Play begins it again. */
  cancel(): void {
    this.cancelled = this.progress?.label ?? '';
    this.disconnect();
    this.state = 'cancelled';
  }

  setSpeed(speed: number | null): void {
    this.speed = speed;
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
    this.#withTable(({ withSetting }) => {
      this.settings = withSetting(this.settings, key, value);
      if (this.#isStale()) this.reset();
    });
  }

  /** Puts the settings of a run into the controls. */
  takeSettings(settings: RunSettings): void {
    this.settings = { ...settings };
    if (this.#isStale()) this.reset();
  }

  /** Shows a recorded study and names it in the address; the run on screen goes on. */
  chooseStudy(name: string | null): void {
    this.study = name;
    const { study: _, ...view } = this.#view;
    this.#view = name === null ? view : { ...view, study: name };
    this.seeksStudy = false;
    this.showAddress();
  }

  /** Opens a held-out problem, about which the run on screen will be asked. */
  openProblem(index: number): void {
    this.problem = index;
    this.wake();
  }

  dismiss(index: number): void {
    this.notices.splice(index, 1);
  }

  #load(how: { kind: 'load' } | { kind: 'branch'; from: number }): void {
    const settings = { ...this.applied };
    this.send({ ...how, run: this.run, settings, basesUrl: this.basesUrl });
  }

  /** What has trained is remembered among the runs tried. */
  #leave(): void {
    const left: ShownRun = { ...this.onScreen, rows: this.arrived };
    if (left.rows.length > 1 && left.rows.at(-1)!.step > (left.branched?.step ?? 0))
      this.#withTable(({ triedRun }) => this.runs?.remember(triedRun(left)));
  }

  #rowsUpTo(step: number) {
    return this.arrived.filter((row) => row.step <= step);
  }

  #take({ settings, view: { study, lang }, problems }: ParsedPermalink): void {
    this.settings = settings;
    this.notices = problems;
    this.#view = { ...(study && { study }), ...(lang && { lang }) };
    this.study = study ?? this.study;
    this.seeksStudy = study !== undefined;
  }

  /** Takes the settings of an address that the reader has changed. */
  #follow(): void {
    this.waits = false;
    this.#withTable(({ parsePermalink }) => {
      const link = parsePermalink(location.hash);
      // What has been drawn keeps its words.
      if (link.view.lang !== this.#view.lang) return location.reload();
      this.#take(link);
      // A link to a study leaves a run that has the same settings.
      if (this.changed || !this.seeksStudy) this.reset();
    });
  }

  /** Writes the settings of the run on screen into the address. */
  protected showAddress(): void {
    // The address of the defaults, and of nothing else, has nothing to write.
    if (this.#isPart || (this.waits && location.hash === '')) return;
    this.#withTable(({ permalinkOf }) => {
      const address = permalinkOf(this.applied, this.#view) || location.pathname + location.search;
      history.replaceState(null, '', address);
    });
  }

  /** At once, but while the table is still on its way. */
  #withTable(act: (table: Table) => void): void {
    if (this.#table) act(this.#table);
    else
      void loadTable().then((table) => {
        this.#table = table;
        this.runs ??= new table.Runs();
        act(table);
      });
  }

  /** A hidden tab is not drawn, and the browser may slow it down; the rows are the same either way. */
  #noticeAbsence(): void {
    if (document.hidden) {
      this.#hiddenAt = this.state === 'playing' ? this.#lastStep() : null;
      return;
    }
    if (this.#hiddenAt === null) return;
    this.away = this.#lastStep() - this.#hiddenAt;
    this.#hiddenAt = null;
  }

  /** Also of a row that a hidden tab has not drawn. */
  #lastStep(): number {
    return this.arrived.at(-1)?.step ?? 0;
  }

  /** The controls differ from a run that has nothing to lose yet. */
  #isStale(): boolean {
    return this.changed && this.rows.length <= 1;
  }

  /** Fetches the entry of the base of the run on screen, with the curve that it starts from. */
  async #showEntry(): Promise<void> {
    const { base, prior } = this.applied;
    const name = baseName(taskName(this.applied), prior);
    const isShown = (): boolean =>
      base === 'shipped' &&
      this.entry !== null &&
      name === baseName(this.entry.task, this.entry.prior);
    if (isShown()) return;
    this.entry = null;
    if (base !== 'shipped') return;
    const { run } = this;
    const entry = await fetchEntry(name);
    if (run === this.run) this.entry = entry;
  }

  async #showRecording(): Promise<void> {
    if (this.#fetchesRecording || this.begun || taskName(this.applied) !== RECORDED) return;
    this.#fetchesRecording = true;
    try {
      this.recording = await fetchRecording(RECORDED);
    } catch (error) {
      this.notices.push((error as Error).message);
    }
    // Without a recorded run there is something to see only when a live one is ready.
    if (!this.recording) this.wake();
  }
}
