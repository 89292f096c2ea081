import { describe, expect, it } from 'vitest';
import { say } from '../../src/text/words.ts';

describe('a text with places', () => {
  it('says the values in their places, however often', () => {
    expect(say('step {step} of {steps}', { step: 3, steps: 300 })).toBe('step 3 of 300');
    expect(say('{a}, {b}, {a}', { a: 1, b: 'two' })).toBe('1, two, 1');
  });

  it('says which place has no value', () => {
    expect(() => say('step {step} of {steps}', { step: 3 })).toThrow(
      "no value for {steps} in 'step {step} of {steps}'",
    );
  });
});
