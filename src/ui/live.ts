import type { SessionState } from '../session/protocol.ts';
import * as TEXT from '../messages/live.ts';

/** What the polite live line needs to know. */
export interface LiveFacts {
  state: SessionState | 'cancelled';
  /** What is being prepared, where something is. */
  preparing: string | null;
  step: number;
  steps: number;
  /** Of the last evaluation: exact, over held-out problems; null where there is none. */
  passAt1: number | null;
  passAt256: number | null;
}

/** How many times a run is told of on its way. */
const PARTS = 10;

const numbers = ({ passAt1, passAt256 }: LiveFacts): string =>
  passAt1 === null || passAt256 === null
    ? ''
    : TEXT.numbers({ passAt1: passAt1.toFixed(3), passAt256: passAt256.toFixed(3) });

/** The tenth of the run that a step belongs to. */
const tenthOf = ({ step, steps }: LiveFacts): number =>
  Math.floor((PARTS * step) / Math.max(1, steps));

const SENTENCES: Record<LiveFacts['state'], (facts: LiveFacts) => string> = {
  loading: ({ preparing }) => (preparing ? TEXT.preparing({ preparing }) : TEXT.loading),
  paused: (facts) =>
    facts.step === 0
      ? TEXT.ready({ steps: facts.steps })
      : TEXT.paused({ step: facts.step, steps: facts.steps }) + numbers(facts),
  playing: (facts) => {
    const tenth = tenthOf(facts);
    return tenth === 0 ? TEXT.begins : TEXT.playing({ percent: 10 * tenth }) + numbers(facts);
  },
  finished: (facts) => TEXT.finished({ step: facts.step }) + numbers(facts),
  failed: ({ step }) => TEXT.failed({ step }),
  cancelled: () => TEXT.cancelled,
};

/** What is said of a run: at each change of state, and while it trains with each tenth. */
export const liveSentence = (facts: LiveFacts): string => SENTENCES[facts.state](facts);

/** Tells apart what is worth saying anew: the same for all steps of one tenth of a run, and while it gets ready. */
export function liveKey(facts: LiveFacts): string {
  const { state, preparing, step } = facts;
  if (state === 'loading') return preparing === null ? 'loading' : 'preparing';
  return `${state} ${state === 'playing' ? tenthOf(facts) : step}`;
}
