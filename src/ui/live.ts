import type { SessionState } from '../session/protocol.ts';
import { say } from '../text/words.ts';

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

const TEXT = {
  numbers: ' pass@1 {passAt1}, pass@256 {passAt256}.',
  loading: 'Getting ready.',
  preparing: 'Getting ready: {preparing}.',
  ready: 'Ready to train {steps} steps.',
  paused: 'Paused at step {step} of {steps}.',
  begins: 'Training.',
  playing: 'Training, {percent} % done.',
  finished: 'Finished at step {step}.',
  failed: 'Stopped at step {step}.',
  cancelled: 'Cancelled. Play starts again.',
};

const numbers = ({ passAt1, passAt256 }: LiveFacts): string =>
  passAt1 === null || passAt256 === null
    ? ''
    : say(TEXT.numbers, { passAt1: passAt1.toFixed(3), passAt256: passAt256.toFixed(3) });

/** The tenth of the run that a step belongs to. */
const tenthOf = ({ step, steps }: LiveFacts): number =>
  Math.floor((PARTS * step) / Math.max(1, steps));

const SENTENCES: Record<LiveFacts['state'], (facts: LiveFacts) => string> = {
  loading: ({ preparing }) => (preparing ? say(TEXT.preparing, { preparing }) : TEXT.loading),
  paused: (facts) =>
    facts.step === 0
      ? say(TEXT.ready, { steps: facts.steps })
      : say(TEXT.paused, { step: facts.step, steps: facts.steps }) + numbers(facts),
  playing: (facts) => {
    const tenth = tenthOf(facts);
    return tenth === 0 ? TEXT.begins : say(TEXT.playing, { percent: 10 * tenth }) + numbers(facts);
  },
  finished: (facts) => say(TEXT.finished, { step: facts.step }) + numbers(facts),
  failed: ({ step }) => say(TEXT.failed, { step }),
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
