import { connectSession, type Session } from '../../session/client.ts';
import type { ClientEvent, Load, SessionCommand } from '../../session/protocol.ts';
import type { AnswerTo, Question, QuestionKind } from '../../session/questions.ts';
import { createPendingQuestions } from './pendingQuestions.ts';

/** Asks about the state of the live run after step `at`: see {@link SessionPort.ask}. */
export type Ask = <K extends QuestionKind>(
  question: Extract<Question, { kind: K }>,
  at: number | null,
  signal?: AbortSignal,
) => Promise<AnswerTo<K>>;

/** What a command that puts another run in place says beside its number. */
export type Loading = Load extends infer L ? (L extends Load ? Omit<L, 'run'> : never) : never;

/** What a port hands on: all but answers, and only of the run that is in place. */
export type PortEvent = Exclude<
  ClientEvent,
  { kind: 'answer' | 'unanswered' | 'silent' | 'answers' }
>;

interface PortNeeds {
  hear(event: PortEvent): void;
  /** Said to a session before anything else. */
  greet(): SessionCommand;
  /** So many seconds what computes may take for a piece of work without being asked whether it hangs. */
  expectedSeconds(): number;
}

/** The way to the session that computes: it begins with the first command, and another where one has ended. */
export class SessionPort {
  /**
   * What computes has not answered for so many seconds, and whether the reader has chosen to wait; null while it answers. A
   * run may be silent in any phase, so that this is none.
   */
  silence = $state.raw<{ seconds: number; isPatient: boolean } | null>(null);
  #session: Session | null = null;
  /** Numbers the run in place; what is told of others is not heard. */
  #run = 0;
  #ended = 0;
  #questions = createPendingQuestions();
  #needs: PortNeeds;

  constructor(needs: PortNeeds) {
    this.#needs = needs;
  }

  /** The number of the run in place. */
  get number(): number {
    return this.#run;
  }

  /** Which session it leads to: another number once one has ended. */
  get session(): number {
    return this.#ended;
  }

  get isOpen(): boolean {
    return this.#session !== null;
  }

  send(command: SessionCommand): void {
    if (!this.#session) {
      this.#session = connectSession((event) => this.#handle(event));
      this.#session.send(this.#needs.greet());
    }
    this.#session.send(command);
  }

  /** From now on nothing is heard of the run that was in place. */
  leaveRun(): void {
    this.#run++;
    this.#questions.drop('another run has begun');
  }

  load(how: Loading): void {
    this.send({ ...how, run: this.#run });
  }

  /**
   * Asks about the state of the run in place after step `at`, one with a checkpoint or the latest, which null is too; the
   * run is not disturbed. A `signal` takes the question back, and the session leaves off computing its answer.
   * @throws Error saying why there is no answer, such as a run that has been left meanwhile; the reason of the signal.
   */
  ask: Ask = (question, at, signal) => {
    const run = this.#run;
    return this.#questions.ask(
      (id) => this.send({ kind: 'ask', run, id, at, question }),
      (id) => this.send({ kind: 'take back', run, id }),
      signal,
    );
  };

  /** Gives a session that does not answer more time. */
  wait(): void {
    if (this.silence) this.silence = { ...this.silence, isPatient: true };
  }

  /** Ends the session with all that it computes and keeps; the next command begins another. */
  disconnect(): void {
    this.#session?.dispose();
    this.#ended++;
    this.#session = null;
    this.#questions.drop(ENDED);
    this.silence = null;
  }

  #handle(event: ClientEvent): void {
    if ('run' in event && event.run !== this.#run) return;
    switch (event.kind) {
      case 'silent':
        if (event.seconds > 2 * this.#needs.expectedSeconds())
          this.silence = { seconds: event.seconds, isPatient: false };
        break;
      case 'answers':
        this.silence = null;
        break;
      case 'answer':
        this.#questions.answered(event.id, event.answer);
        break;
      case 'unanswered':
        this.#questions.unanswered(event.id, event.message);
        break;
      default:
        this.#needs.hear(event);
    }
  }
}

/** Why a question has no answer. */
export const ENDED = 'the session has ended';
