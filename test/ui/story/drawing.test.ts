import { describe, expect, it } from 'vitest';
import type { CurveQuestion } from '../../../src/ui/story/chapter.ts';
import { drawingOf, type DrawnChapter } from '../../../src/ui/story/drawing.ts';

const question: CurveQuestion = {
  kind: 'curve',
  over: 'k',
  yMax: 1,
  asked: { of: 'run', line: 'base' },
  given: [],
  revealed: [],
  handles: [1, 4, 16],
  decides: 16,
  rises: true,
};
const chapter = (of: Partial<DrawnChapter['facts']>, drawn: number[] | null = null) =>
  ({
    settings: { steps: 60 },
    facts: { baseP: null, rows: [], ...of },
    isMade: false,
    drawn,
    line: () => null,
  }) satisfies DrawnChapter;
const ys = (...given: Parameters<typeof drawingOf>) => drawingOf(...given).points.map(({ y }) => y);

describe('what is drawn in', () => {
  it('has its handles in the middle, and then where the reader has put them', () => {
    expect(ys(chapter({}), question)).toEqual([0.5, 0.5, 0.5]);
    expect(ys(chapter({}, [0.1, 0.2, 0.9]), question)).toEqual([0.1, 0.2, 0.9]);
  });

  it('begins at one try of the base, and has no handle before that is known', () => {
    const pinned: CurveQuestion = { ...question, pinned: 'base' };
    expect(ys(chapter({}), pinned)).toEqual([]);
    const known = chapter({ baseP: [0.1, 0.3] });
    expect(ys(known, pinned)).toEqual([0.2, 0.2, 0.2]);
    expect(drawingOf(known, pinned).fixed).toBe(1);
  });
});
