import { afterEach, describe, expect, it } from 'vitest';
import { translate, translationProblems } from '../../src/text/translation.ts';
import { englishTexts, say, words } from '../../src/text/words.ts';

const TEXT = words('test', { play: 'Play', at: 'step {step} of {steps}' });

afterEach(() => translate({}));

describe('a table of texts', () => {
  it('reads as English until it is translated, and where the translation has nothing', () => {
    expect(TEXT.play).toBe('Play');
    translate({ test: { play: 'Abspielen' } });
    expect(TEXT.play).toBe('Abspielen');
    expect(say(TEXT.at, { step: 3, steps: 300 })).toBe('step 3 of 300');
  });

  it('is listed for translators in English, whatever is spoken', () => {
    translate({ test: { play: 'Abspielen' } });
    expect(englishTexts()['test']).toEqual({ play: 'Play', at: 'step {step} of {steps}' });
  });

  it('says which place has no value', () => {
    expect(() => say(TEXT.at, { step: 3 })).toThrow(
      "no value for {steps} in 'step {step} of {steps}'",
    );
  });

  it('can be made once', () => {
    expect(() => words('test', {})).toThrow("the area 'test' has two tables of texts");
  });

  it('names what does not fit in a translation', () => {
    const wrong = {
      nowhere: { play: 'x' },
      test: { play: 'Abspielen', stop: 'Halt', at: 'Schritt {step}' },
    };
    expect(translationProblems(wrong)).toEqual([
      "there is no area 'nowhere'",
      "the area 'test' has no text 'stop'",
      "'test.at' has the places {step}, expected {steps} {step}",
    ]);
    expect(translationProblems({ test: { at: '{steps}, davon {step}' } })).toEqual([]);
  });
});
