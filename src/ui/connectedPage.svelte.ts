import { steadyClock } from '../core/steadyClock.ts';
import type { TrainRow } from '../experiments/train.ts';
import { connectSession, type Session } from '../session/client.ts';
import type { ClientEvent, SessionCommand } from '../session/protocol.ts';
import type { AnswerTo, Question, QuestionKind } from '../session/questions.ts';
import { boundRows, type BoundedRows } from './boundedRows.ts';
import { createGathering, pageMoments } from './gathering.ts';
import { Page } from './page.svelte.ts';
import { createPendingQuestions } from './pendingQuestions.ts';
import { createSpeed } from './speed.ts';

/** Milliseconds that a measured speed stays on screen at least: one that changes with every frame cannot be read. */
const SPEED_STAYS_MS = 250;

/** The page with the session that computes what it shows. */
export class ConnectedPage extends Page {
  #session: Session | null = null;
  /** Begins a session beside that of the run on screen. */
  readonly connect = connectSession;
  /** Numbers the run on screen; what is told of others is not heard. */
  protected run = 0;
  /** The rows of the run, also those that no figure has yet. */
  #arrived: BoundedRows = boundRows();
  #lossNotice: string | null = null;
  #lastId = 0;
  #questions = createPendingQuestions();
  #now = steadyClock();
  /** Whether rows have arrived that no figure has yet. */
  #hasNew = false;
  /** The latest of what comes beside them and is not shown yet. */
  #latest: Partial<Pick<Page, 'memory' | 'progress' | 'stepsPerSecond'>> = {};
  #speed = createSpeed(this.#now);
  #speedSaidAt = -Infinity;
  /** However fast rows come, between two drawings of them there is time for what the reader does. */
  #gathering = createGathering(() => this.#draw(), pageMoments(this.#now));

  /** The step that a playing run had reached when the tab was hidden. */
  #hiddenAt: number | null = null;

  constructor() {
    super();
    document.addEventListener('visibilitychange', () => this.#noticeAbsence());
  }

  /** For a run that is set up only when somebody wants something of it. */
  protected wake(): void {}

  protected send(command: SessionCommand): void {
    if (command.kind !== 'load') this.wake();
    if (!this.#session) {
      this.#session = connectSession((event) => this.#handle(event));
      this.#session.send({ kind: 'speed', stepsPerSecond: this.speed });
    }
    this.#session.send(command);
  }

  /** Ends the session with all that it computes and keeps; the next command begins another. */
  protected disconnect(): void {
    this.#session?.dispose();
    this.#session = null;
    this.#questions.drop('the session has ended');
    this.checkpoints = [];
    delete this.#latest.progress;
    this.progress = null;
    this.silentFor = null;
  }

  /** The rows of the run so far, old ones thinned, in a new array. */
  protected get arrived(): TrainRow[] {
    return this.#arrived.list();
  }

  /** From now on rows come at another speed. */
  protected forgetSpeed(): void {
    this.#speed.forget();
    delete this.#latest.stepsPerSecond;
    this.stepsPerSecond = null;
    this.#speedSaidAt = -Infinity;
  }

  /** A run that no other has had before it. */
  newId(): number {
    return ++this.#lastId;
  }

  /** Another run, or one that goes on, takes the place of the one on screen; of the rows so far it has `rows`. */
  protected begin(rows: readonly TrainRow[], id: number): void {
    this.run++;
    if (id !== this.runId) {
      this.startedAt = Date.now();
      this.kept = null;
    }
    this.runId = id;
    this.#arrived = boundRows();
    this.#hasNew = false;
    this.#latest = {};
    for (const row of rows) this.#arrived.push(row);
    this.rows = rows;
    this.hasLived ||= (rows.at(-1)?.step ?? 0) > 0;
    this.#speed.forget();
    this.#questions.drop('another run has begun');
    this.held = this.cursor = null;
    this.failure = null;
    this.stepsPerSecond = null;
    this.away = null;
    this.stepped = this.leftOff = false;
    this.state = 'loading';
    this.remark = null;
  }

  /**
   * Asks about the state of the live run after step `at`, one of `checkpoints` or the latest, which null is too; the run is
   * not disturbed. A `signal` takes the question back, and the session leaves off computing its answer.
   * @throws Error saying why there is no answer, such as a run that has been left meanwhile; the reason of the signal.
   */
  ask<K extends QuestionKind>(
    question: Extract<Question, { kind: K }>,
    at: number | null,
    signal?: AbortSignal,
  ): Promise<AnswerTo<K>> {
    if (!this.#session && this.isOver) return Promise.reject(new Error('the session has ended'));
    const { run } = this;
    return this.#questions.ask(
      (id) => this.send({ kind: 'ask', run, id, at, question }),
      (id) => this.send({ kind: 'take back', run, id }),
      signal,
    );
  }

  /** So long a piece of work may take by what the session has said, and by the last step; 0 where nothing is known. */
  #expectedSeconds(): number {
    const { progress = this.progress } = this.#latest;
    return Math.max(progress?.secondsLeft ?? 0, this.rows.at(-1)?.step_time ?? 0);
  }

  /** The session is gone, and its run with it; what has arrived of that stays on screen. */
  #lose(message: string): void {
    this.#gathering.flush();
    this.disconnect();
    this.failure = message;
    this.state = 'failed';
  }

  #handle(event: ClientEvent): void {
    if ('run' in event && event.run !== this.run) return;
    switch (event.kind) {
      case 'lost':
        this.#lose(event.message);
        break;
      case 'silent':
        if (event.seconds <= 2 * this.#expectedSeconds()) break;
        this.silentFor = event.seconds;
        this.isPatient = false;
        break;
      case 'answers':
        this.silentFor = null;
        break;
      case 'state':
        // Whoever hears that a run has stopped finds all its rows.
        if (event.state !== 'playing') this.#gathering.flush();
        this.state = event.state;
        if (event.state !== 'playing') {
          this.forgetSpeed();
        }
        break;
      case 'progress':
        this.#latest.progress = event.progress;
        this.#gathering.arrive();
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
        this.#hasNew = true;
        this.#latest.memory = event.memory;
        if (this.state === 'playing') this.#latest.stepsPerSecond = this.#speed.arrive();
        this.#gathering.arrive();
        break;
      case 'checkpoints':
        this.checkpoints = event.steps;
        break;
      case 'answer':
        this.#questions.answered(event.id, event.answer);
        break;
      case 'unanswered':
        this.#questions.unanswered(event.id, event.message);
        break;
      case 'notice':
        // Of several losses the last one tells what the run is computed on now.
        if (event.about === 'loss') {
          this.notices = this.notices.filter((notice) => notice !== this.#lossNotice);
          this.#lossNotice = event.message;
        }
        this.notices.push(event.message);
        break;
      case 'failure':
        this.failure = event.message;
        break;
    }
  }

  #draw(): void {
    const { stepsPerSecond, ...others } = this.#latest;
    this.#latest = {};
    Object.assign(this, others);
    if (stepsPerSecond !== undefined && this.#now() >= this.#speedSaidAt + SPEED_STAYS_MS) {
      this.#speedSaidAt = this.#now();
      this.stepsPerSecond = stepsPerSecond;
    }
    if (!this.#hasNew) return;
    this.#hasNew = false;
    this.rows = this.arrived;
    this.hasLived ||= this.rows.at(-1)!.step > 0;
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
}
