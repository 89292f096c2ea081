import type { SessionState } from '../session/protocol.ts';

/** What the polite live line needs to know. */
export interface LiveFacts {
  state: SessionState;
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
    : ` pass@1 ${passAt1.toFixed(3)}, pass@256 ${passAt256.toFixed(3)}.`;

const SENTENCES: Record<SessionState, (facts: LiveFacts) => string> = {
  loading: ({ preparing }) => `Getting ready${preparing ? `: ${preparing}` : ''}.`,
  paused: (facts) =>
    facts.step === 0
      ? `Ready to train ${facts.steps} steps.`
      : `Paused at step ${facts.step} of ${facts.steps}.${numbers(facts)}`,
  playing: (facts) => {
    const part = Math.floor((PARTS * facts.step) / Math.max(1, facts.steps));
    return part === 0 ? 'Training.' : `Training, ${10 * part} % done.${numbers(facts)}`;
  },
  finished: (facts) => `Finished at step ${facts.step}.${numbers(facts)}`,
  failed: ({ step }) => `Stopped at step ${step}.`,
};

/** What is said of a run: at each change of state, and while it trains with each tenth. */
export const liveSentence = (facts: LiveFacts): string => SENTENCES[facts.state](facts);

/** Tells apart what is worth saying anew: the same for all steps of one tenth of a run. */
export function liveKey({ state, preparing, step, steps }: LiveFacts): string {
  const part = state === 'playing' ? Math.floor((PARTS * step) / Math.max(1, steps)) : step;
  return `${state} ${state === 'loading' ? '' : part} ${state === 'loading' && preparing ? 'busy' : ''}`;
}
