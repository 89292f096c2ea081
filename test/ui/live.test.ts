import { describe, expect, it } from 'vitest';
import { liveKey, liveSentence, type LiveFacts } from '../../src/ui/live.ts';

const facts = (some: Partial<LiveFacts>): LiveFacts => ({
  state: 'playing',
  preparing: null,
  step: 0,
  steps: 300,
  passAt1: null,
  passAt256: null,
  ...some,
});

describe('the live line', () => {
  it('is said ten times on the way, however many steps there are', () => {
    for (const steps of [10, 300, 100_000]) {
      const keys = Array.from({ length: steps }, (_, step) => liveKey(facts({ step, steps })));
      expect(new Set(keys).size).toBe(10);
    }
  });

  it('is said anew at each change of state, not at each label of what is prepared', () => {
    const states = ['loading', 'paused', 'playing', 'finished', 'failed'] as const;
    expect(new Set(states.map((state) => liveKey(facts({ state })))).size).toBe(5);
    expect(liveKey(facts({ state: 'loading', preparing: 'a, loss 1' }))).toBe(
      liveKey(facts({ state: 'loading', preparing: 'a, loss 2' })),
    );
  });

  it('has the exact numbers where there are some', () => {
    const numbers = { passAt1: 0.3412, passAt256: 0.7361 };
    expect(liveSentence(facts({ step: 95, ...numbers }))).toBe(
      'Training, 30 % done. pass@1 0.341, pass@256 0.736.',
    );
    expect(liveSentence(facts({ state: 'finished', step: 300, ...numbers }))).toBe(
      'Finished at step 300. pass@1 0.341, pass@256 0.736.',
    );
    expect(liveSentence(facts({ state: 'paused' }))).toBe('Ready to train 300 steps.');
    expect(liveSentence(facts({ state: 'paused', step: 7 }))).toBe('Paused at step 7 of 300.');
    expect(liveSentence(facts({ step: 3 }))).toBe('Training.');
    expect(liveSentence(facts({ state: 'loading', preparing: 'pretraining' }))).toBe(
      'Getting ready: pretraining.',
    );
  });
});
