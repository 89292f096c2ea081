import { describe, expect, it } from 'vitest';
import { DECK, DECK_TASKS, deckOf, wordsOf } from '../../../src/ui/lecture/deck.ts';

describe('the deck', () => {
  it('has no slide that needs a teacher where none is, nor one of another task', () => {
    const left = DECK_TASKS.map((task) =>
      DECK.filter((slide) => !deckOf(task).includes(slide)).map(({ id }) => id),
    );
    expect(left).toEqual([[], ['distilled', 'large'], ['large']]);
  });

  it('has words of its own for a task on each slide what holds there', () => {
    const words = DECK_TASKS.map((task) => DECK.map((slide) => wordsOf(slide, task)));
    const [countdown, maze, programs] = words;
    expect(programs).toEqual(countdown);
    const own = DECK.filter((_, i) => maze![i]!.title !== countdown![i]!.title);
    expect(own.map(({ id }) => id)).toEqual(['training', 'crossing']);
  });
});
