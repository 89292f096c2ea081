import { EngineLostError, type Engine } from '../policy/policy.ts';
import type { Moment } from './moment.ts';
import type { SessionCommand, SessionEvent } from './protocol.ts';
import { yieldToMessages } from './start.ts';

type Ask = Extract<SessionCommand, { kind: 'ask' }>;

/** What has been asked and not answered yet, in order. */
export interface Asks {
  add(ask: Ask): void;
  /** Forgets a question; where it is being answered, that ends at the next of its parts. */
  takeBack(run: number, id: number): void;
  /** Answers them all, one after another, and posts the answers. */
  answer(): Promise<void>;
}

/** What answers are made of. */
export interface AskedSession {
  post(event: SessionEvent): void;
  /** The number of the present run. */
  run(): number;
  /**
   * The moment after step `at` of the present run, on the engine that `attend` makes of its own.
   * @throws RangeError saying why there is none.
   */
  moment(at: number | null, attend: (engine: Engine) => Engine): Promise<Moment>;
  /** The engine of the last moment is gone; the next comes on another. */
  lose(): void;
}

export function createAsks({ post, run, moment, lose }: AskedSession): Asks {
  let asked: Ask[] = [];
  /** The one that is being answered; null once nobody waits for it. */
  let current: Ask | null = null;

  const refuse = ({ run, id }: Ask, message: string): void =>
    post({ kind: 'unanswered', run, id, message });

  async function answerOne(ask: Ask): Promise<void> {
    current = ask;
    const pause = async (): Promise<void> => {
      await yieldToMessages();
      if (current !== ask) throw new Error('the question was taken back');
      if (ask.run !== run()) throw new Error('another run has begun');
    };
    const { id, question } = ask;
    const answered = async () => {
      // What answers is loaded when something is asked.
      const { answer, attendedEngine } = await import('./questions.ts');
      const at = await moment(ask.at, (engine) => attendedEngine(engine, pause));
      return answer(at, question);
    };
    try {
      const found = await answered().catch((error: unknown) => {
        if (!(error instanceof EngineLostError)) throw error;
        lose();
        return answered();
      });
      post({ kind: 'answer', run: ask.run, id, answer: found });
    } catch (error) {
      refuse(ask, (error as Error).message);
    }
    current = null;
  }

  return {
    add: (ask) => void asked.push(ask),
    takeBack(ofRun, id) {
      const isIt = (ask: Ask | null): boolean => ask?.run === ofRun && ask.id === id;
      asked = asked.filter((ask) => !isIt(ask));
      if (isIt(current)) current = null;
    },
    async answer() {
      for (let ask = asked.shift(); ask; ask = asked.shift())
        if (ask.run === run()) await answerOne(ask);
        else refuse(ask, 'another run has begun');
    },
  };
}
