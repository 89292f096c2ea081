import type { TrainRow } from '../experiments/train.ts';
import { baseName, parseBaseEntry } from '../run/bases.ts';
import type { ParsedPermalink } from '../run/permalink.ts';
import { parseRecording } from '../run/recording.ts';
import type { RunSettings, SettingKey } from '../run/table.ts';
import { taskName } from '../run/trainSettings.ts';
import { connectSession, type Session } from '../session/client.ts';
import type { SessionEvent } from '../session/protocol.ts';
import type { AnswerTo, Question, QuestionKind } from '../session/questions.ts';
import { Page } from './page.svelte.ts';

/** The table of settings with all its words, and what reads it, come after the first paint. */
const loadTable = async () => ({
  ...(await import('../run/settings.ts')),
  ...(await import('../run/permalink.ts')),
});
type Table = Awaited<ReturnType<typeof loadTable>>;

/** The speeds of the transport, in steps a second; null is as fast as it goes. */
export const SPEEDS: readonly (number | null)[] = [0.5, 1, 2, 5, 10, 20, null];

/** The task whose recorded run stands in `public/runs/`. */
const RECORDED = 'countdown-3';

/** What the held-out problems of a run are made from. */
const PROBLEM_KEYS: readonly SettingKey[] = ['task', 'size', 'prior', 'base', 'evalProblems'];

/** So many of the last rows keep their group of completions; of older ones those with an evaluation do. */
const RECENT_ROWS = 100;

/** The page with what its controls do, and the session that computes what it shows. */
export class Playground extends Page {
  #session: Session;
  #table: Table | null = null;
  #run = 0;
  #questions = 0;
  #pending = new Map<number, { resolve(answer: never): void; reject(reason: Error): void }>();
  #fetchesRecording = false;
  /** Whether the address names the study: not after a link to a run. */
  #showsStudy = false;
  #arrived: TrainRow[] = [];
  #frame: number | null = null;
  /** Rows there were when the tab was hidden during play. */
  #hiddenAt: number | null = null;
  #arrivals: number[] = [];
  #basesUrl = new URL('bases/', document.baseURI).href;

  /** @param link what the address says; null for the defaults. */
  constructor(link: ParsedPermalink | null) {
    super();
    if (link) this.#take(link);
    this.#session = connectSession((event) => this.#handle(event));
    this.reset();
    document.addEventListener('visibilitychange', () => this.#noticeAbsence());
    addEventListener('hashchange', () => this.#follow());
  }

  /** Starts again from the base with the settings of the controls; the same seed gives the same run. */
  reset(): void {
    this.#run++;
    if (PROBLEM_KEYS.some((key) => this.settings[key] !== this.applied[key])) {
      this.liveProblems = null;
      this.shape = null;
    }
    this.applied = { ...this.settings };
    this.#arrived = [];
    this.#arrivals = [];
    this.rows = [];
    this.checkpoints = [];
    this.#dropQuestions();
    this.cursor = null;
    this.failure = null;
    this.stepsPerSecond = null;
    this.away = '';
    this.stepped = false;
    this.state = 'loading';
    void this.#showEntry();
    void this.#showRecording();
    this.#showAddress();
    this.#session.send({
      kind: 'load',
      run: this.#run,
      settings: { ...this.applied },
      basesUrl: this.#basesUrl,
    });
  }

  play(): void {
    if (this.state === 'finished' || this.state === 'failed' || this.#isStale()) this.reset();
    this.begun = true;
    this.stepped = false;
    this.#session.send({ kind: 'play' });
  }

  pause(): void {
    this.#session.send({ kind: 'pause' });
  }

  step(): void {
    if (this.#isStale()) this.reset();
    this.begun = true;
    this.stepped = true;
    this.#session.send({ kind: 'step' });
  }

  setSpeed(speed: number | null): void {
    this.speed = speed;
    this.#session.send({ kind: 'speed', stepsPerSecond: speed });
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
    this.#withTable(({ withSetting }) => {
      this.settings = withSetting(this.settings, key, value);
      if (this.#isStale()) this.reset();
    });
  }

  /**
   * Asks about the state of the live run after step `at`, the latest or one of `checkpoints`; the run is not disturbed.
   * @throws Error saying why there is no answer, such as a run that has been left meanwhile.
   */
  ask<K extends QuestionKind>(
    question: Extract<Question, { kind: K }>,
    at: number,
  ): Promise<AnswerTo<K>> {
    const id = ++this.#questions;
    this.#session.send({ kind: 'ask', run: this.#run, id, at, question });
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
  }

  #dropQuestions(): void {
    for (const { reject } of this.#pending.values()) reject(new Error('another run has begun'));
    this.#pending.clear();
  }

  /** Shows a recorded study and names it in the address; the run on screen goes on. */
  chooseStudy(name: string | null): void {
    this.study = name;
    this.#showsStudy = name !== null;
    this.seeksStudy = false;
    this.#showAddress();
  }

  dismiss(index: number): void {
    this.notices.splice(index, 1);
  }

  #take({ settings, view, problems }: ParsedPermalink): void {
    this.settings = settings;
    this.notices = problems;
    this.study = view.study ?? this.study;
    this.#showsStudy = this.seeksStudy = view.study !== undefined;
  }

  /** Takes the settings of an address that the reader has changed. */
  #follow(): void {
    this.#withTable(({ parsePermalink }) => {
      this.#take(parsePermalink(location.hash));
      // A link to a study leaves a run that has the same settings.
      if (this.changed || !this.seeksStudy) this.reset();
    });
  }

  /** Writes the settings of the run on screen into the address. */
  #showAddress(): void {
    this.#withTable(({ permalinkOf }) => {
      const view = this.#showsStudy && this.study !== null ? { study: this.study } : {};
      const address = permalinkOf(this.applied, view) || location.pathname + location.search;
      history.replaceState(null, '', address);
    });
  }

  /** At once, but while the table is still on its way. */
  #withTable(act: (table: Table) => void): void {
    if (this.#table) act(this.#table);
    else
      void loadTable().then((table) => {
        this.#table = table;
        act(table);
      });
  }

  /** A hidden tab is not drawn, and the browser may slow it down; the rows are the same either way. */
  #noticeAbsence(): void {
    if (document.hidden) {
      this.#hiddenAt = this.state === 'playing' ? this.#arrived.length : null;
      return;
    }
    if (this.#hiddenAt === null) return;
    const steps = this.#arrived.length - this.#hiddenAt;
    this.away =
      steps > 0
        ? `While this tab was hidden it trained ${steps} step${steps === 1 ? '' : 's'}.`
        : 'While this tab was hidden the browser held the training; it goes on now.';
    this.#hiddenAt = null;
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
    const run = this.#run;
    const response = await fetch(`${this.#basesUrl}${name}.json`).catch(() => null);
    if (!response?.ok) return;
    try {
      const entry = parseBaseEntry(name, await response.text());
      if (run === this.#run) this.entry = entry;
    } catch {
      // The session reads the same file and says what is wrong with it.
    }
  }

  async #showRecording(): Promise<void> {
    if (this.#fetchesRecording || this.begun || taskName(this.applied) !== RECORDED) return;
    this.#fetchesRecording = true;
    const response = await fetch(new URL(`runs/${RECORDED}.json`, document.baseURI)).catch(
      () => null,
    );
    if (!response?.ok) return;
    try {
      this.recording = parseRecording(await response.text());
    } catch (error) {
      this.notices.push((error as Error).message);
    }
  }

  #handle(event: SessionEvent): void {
    if (event.kind === 'capabilities' || event.run !== this.#run) return;
    switch (event.kind) {
      case 'state':
        this.state = event.state;
        if (event.state !== 'playing') this.#arrivals = [];
        break;
      case 'progress':
        this.progress = event.progress;
        break;
      case 'engine':
        this.engine = event.engine;
        break;
      case 'ready':
        this.liveProblems = event.problems;
        this.shape = event.shape;
        break;
      case 'row':
        this.#arrived.push(event.row);
        this.#thin(this.#arrived.length - 1 - RECENT_ROWS);
        this.memory = event.memory;
        this.#measureSpeed();
        this.#frame ??= requestAnimationFrame(() => this.#showArrived());
        break;
      case 'checkpoints':
        this.checkpoints = event.steps;
        break;
      case 'answer':
        this.#pending.get(event.id)?.resolve(event.answer as never);
        this.#pending.delete(event.id);
        break;
      case 'unanswered':
        this.#pending.get(event.id)?.reject(new Error(event.message));
        this.#pending.delete(event.id);
        break;
      case 'notice':
        this.notices.push(event.message);
        break;
      case 'failure':
        this.failure = event.message;
        break;
    }
  }

  /** Takes from an old row what no figure needs any more, so that a long run stays small. */
  #thin(index: number): void {
    const row = this.#arrived[index];
    if (!row) return;
    if (!row.heldOut) delete row.group;
    else if (row.train)
      this.#arrived[index] = { ...row, train: { passAt: row.train.passAt, p: [] } };
  }

  /** Rows reach the figures at most once a frame, however fast they come. */
  #showArrived(): void {
    this.#frame = null;
    this.rows = this.#arrived.slice();
  }

  #measureSpeed(): void {
    if (this.state !== 'playing') return;
    this.#arrivals.push(performance.now());
    if (this.#arrivals.length > 20) this.#arrivals.shift();
    const [first, last] = [this.#arrivals[0]!, this.#arrivals.at(-1)!];
    this.stepsPerSecond =
      this.#arrivals.length > 1 ? ((this.#arrivals.length - 1) * 1000) / (last - first) : null;
  }
}
