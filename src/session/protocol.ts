import type { EvaluationProblems } from '../experiments/evaluate.ts';
import type { Checkpoint, TrainRow } from '../experiments/train.ts';
import type { EngineKind } from '../policy/policy.ts';
import type { PolicyShape } from '../policy/shape.ts';
import type { RunSettings } from '../run/settings.ts';
import type { Answer, Question } from './questions.ts';

/** What the page asks of the session. Plain data, since it crosses into a worker. */
export type SessionCommand =
  /** Prepares a run and computes row 0; an earlier run is dropped. `run` numbers it in every event about it. */
  | { kind: 'load'; run: number; settings: RunSettings; basesUrl: string }
  /**
   * Prepares a run that goes on from the checkpoint that the present one has of step `from`, with other settings; its
   * rows begin with the step after it. See `branchProblem` for what may differ.
   */
  | { kind: 'branch'; run: number; settings: RunSettings; basesUrl: string; from: number }
  /**
   * Takes a run up again that was kept, at its last checkpoint; its rows begin with the step after it. Its base is that of
   * the first checkpoint, which is that of step 0. It goes on only where its held-out problems are those of this version.
   */
  | {
      kind: 'open';
      run: number;
      settings: RunSettings;
      basesUrl: string;
      shape: PolicyShape;
      checkpoints: readonly Checkpoint[];
      /** The held-out problems as they are written, in their order. */
      heldOut: readonly string[];
    }
  /**
   * Takes the run up again that was left last, whose number was `of`: at its last checkpoint up to step `from`, that
   * of the last row that the page has. Where the run was at rest, that is a checkpoint of this row; else the rows between come
   * again as they were.
   */
  | {
      kind: 'back';
      run: number;
      settings: RunSettings;
      basesUrl: string;
      of: number;
      from: number;
    }
  /** Nobody will go back to the run that was left. */
  | { kind: 'forget' }
  /** Until the end, or until the row of step `until`, then pause. */
  | { kind: 'play'; until?: number }
  | { kind: 'pause' }
  /** Pause, and leave off an evaluation that is under way: its row comes without it, and again, whole, with the next play or step. */
  | { kind: 'cancel' }
  /** One step, then pause. */
  | { kind: 'step' }
  /** At most so many steps a second; null for as fast as it goes. */
  | { kind: 'speed'; stepsPerSecond: number | null }
  /** Ends the run and gives its engine back, at the next point where it can be left; a load may follow. */
  | { kind: 'stop' }
  /** Something to be computed from the run's state after step `at`, one with a checkpoint or the latest, which null is too. */
  | { kind: 'ask'; run: number; id: number; at: number | null; question: Question }
  /** Nobody waits for that answer any more: it is not begun, or ends at the next point where it can be left. */
  | { kind: 'take back'; run: number; id: number };

/** The commands that put another run in the place of the present one. */
export type Load = Extract<SessionCommand, { kind: 'load' | 'branch' | 'open' | 'back' }>;

export type SessionState = 'loading' | 'paused' | 'playing' | 'finished' | 'failed';

/** What the session tells the page of a run. */
export type SessionEvent =
  | { kind: 'state'; run: number; state: SessionState }
  | { kind: 'progress'; run: number; progress: Progress | null }
  | { kind: 'engine'; run: number; engine: EngineInfo }
  | { kind: 'ready'; run: number; problems: EvaluationProblems; shape: PolicyShape }
  | { kind: 'row'; run: number; row: TrainRow; memory: { tensors: number; bytes: number } }
  /** The steps that can be branched from and asked about, whenever they have changed. */
  | { kind: 'checkpoints'; run: number; steps: number[]; bytes: number }
  | { kind: 'answer'; run: number; id: number; answer: Answer }
  /** A question that has no answer, and why. */
  | { kind: 'unanswered'; run: number; id: number; message: string }
  /** Something that the reader should know and that stops nothing; of several about the same only the last still counts. */
  | { kind: 'notice'; run: number; message: string; about?: 'loss' }
  /** The run has stopped; its rows so far stay. After a fatal one, so has the session. */
  | { kind: 'failure'; run: number; message: string; isFatal?: true };

/** What is told of the session itself, by who looks after it in the page. */
export type LifeEvent =
  /** It has ended, with all that it kept; the message says how. No event comes after. */
  | { kind: 'lost'; message: string }
  /** Its worker has not answered for so many seconds in which the page was in sight; it may be busy, or hang. */
  | { kind: 'silent'; seconds: number }
  /** It answers again. */
  | { kind: 'answers' };

/** All that the page hears. */
export type ClientEvent = SessionEvent | LifeEvent;

/** What a worker gets: commands for its session, and the question whether it is there. */
export type ToWorker = SessionCommand | { kind: 'ping' };

/** What comes from a worker: what its session tells, and its own answers. */
export type FromWorker =
  | SessionEvent
  /** The first: whether it can have a WebGL2 context, and the name of the lock that ends with it, if it has one. */
  | { kind: 'capabilities'; webgl2: boolean; lifeline: string | null }
  | { kind: 'pong' };

/** What is being done, and how far it is. */
export interface Progress {
  label: string;
  done: number;
  total: number;
  /** About how long it will still take, where it takes long. */
  secondsLeft?: number;
  /** A piece of what is being done, such as compiling; once that is done, the whole is told of again. */
  isPart?: true;
}

export interface EngineInfo {
  kind: EngineKind;
  device: string;
  /** Why this engine runs and not the other. */
  reason: string;
}
