import type { TrainRow } from '../experiments/train.ts';
import { connectSession, type Session } from '../session/client.ts';
import type { SessionCommand, SessionEvent } from '../session/protocol.ts';
import type { AnswerTo, Question, QuestionKind } from '../session/questions.ts';
import { boundRows, type BoundedRows } from './boundedRows.ts';
import { Page } from './page.svelte.ts';

/** Milliseconds between two drawings of a run that trains: 20 a second look continuous. */
const DRAW_EVERY = 50;

/** The page with the session that computes what it shows. */
export class ConnectedPage extends Page {
  #session: Session | null = null;
  /** Begins a session beside that of the run on screen. */
  readonly connect = connectSession;
  /** Numbers the run on screen; what is told of others is not heard. */
  protected run = 0;
  /** The rows of the run, also those that no figure has yet. */
  #arrived: BoundedRows = boundRows();
  #lastId = 0;
  #questions = 0;
  #pending = new Map<number, { resolve(answer: never): void; reject(reason: Error): void }>();
  /** A drawing of the rows that have arrived, which is on its way. */
  #draw: Promise<void> | null = null;
  #drawnAt = -Infinity;
  /** Whether rows have arrived that no figure has yet. */
  #hasNew = false;
  #arrivals: number[] = [];

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
    this.#dropQuestions();
    this.checkpoints = [];
    this.progress = null;
  }

  /** The rows of the run so far, old ones thinned, in a new array. */
  protected get arrived(): TrainRow[] {
    return this.#arrived.list();
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
    for (const row of rows) this.#arrived.push(row);
    this.rows = rows;
    this.#arrivals = [];
    this.#dropQuestions();
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
    const id = ++this.#questions;
    const { run } = this;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.send({ kind: 'ask', run, id, at, question });
      signal?.addEventListener('abort', () => {
        if (!this.#pending.delete(id)) return;
        this.send({ kind: 'take back', run, id });
        reject(signal.reason as Error);
      });
    });
  }

  #dropQuestions(): void {
    for (const { reject } of this.#pending.values()) reject(new Error('another run has begun'));
    this.#pending.clear();
  }

  #handle(event: SessionEvent): void {
    if (event.kind === 'capabilities' || event.run !== this.run) return;
    switch (event.kind) {
      case 'state':
        // Whoever hears that a run has stopped finds all its rows.
        if (event.state !== 'playing') this.#showArrived();
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
        this.#hasNew = true;
        this.memory = event.memory;
        this.#measureSpeed();
        this.#draw ??= this.#showSoon();
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

  /**
   * Rows reach the figures at most once in {@link DRAW_EVERY} milliseconds and in a frame, however fast they come: between
   * two drawings there is time for what the reader does.
   */
  async #showSoon(): Promise<void> {
    const rest = this.#drawnAt + DRAW_EVERY - performance.now();
    if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
    await new Promise((resolve) => requestAnimationFrame(resolve));
    this.#draw = null;
    this.#showArrived();
  }

  #showArrived(): void {
    if (!this.#hasNew) return;
    this.#hasNew = false;
    this.#drawnAt = performance.now();
    this.rows = this.arrived;
  }

  #measureSpeed(): void {
    if (this.state !== 'playing') return;
    this.#arrivals.push(performance.now());
    if (this.#arrivals.length > 20) this.#arrivals.shift();
    const [first, last] = [this.#arrivals[0]!, this.#arrivals.at(-1)!];
    this.stepsPerSecond =
      this.#arrivals.length > 1 ? ((this.#arrivals.length - 1) * 1000) / (last - first) : null;
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
