import { describe, expect, it } from 'vitest';
import { CHAPTERS } from '../../../src/ui/story/chapters.ts';
import { noProgress, readProgress, writeProgress } from '../../../src/ui/story/progress.ts';

const curve = CHAPTERS.find(({ question }) => question.kind === 'curve')!;
const count = CHAPTERS.find(({ question }) => question.kind === 'count')!;
const handles = curve.question.kind === 'curve' ? curve.question.handles.length : 0;
const drawn = Array.from({ length: handles }, (_, i) => i / handles);

describe('what is kept of the story', () => {
  it('is read as it was written', () => {
    const progress = {
      at: curve.name,
      chapters: { [curve.name]: { drawn, seen: true }, [count.name]: { chosen: 2 } },
    };
    expect(readProgress(writeProgress(progress))).toEqual(progress);
    expect(readProgress(writeProgress(noProgress()))).toEqual(noProgress());
  });

  it.each([
    ['no JSON', '{"version":1'],
    ['another version', '{"version":2,"at":null,"chapters":{}}'],
    ['something else', '"hello"'],
    ['null', 'null'],
    ['without chapters', '{"version":1}'],
    ['far too long', `{"version":1,"chapters":{"x":"${'y'.repeat(20_000)}"}}`],
  ])('is nothing where it is %s', (_, text) => {
    expect(readProgress(text)).toBeNull();
  });

  it('loses only what does not fit the chapters', () => {
    const kept = (chapters: object, at: unknown = null) =>
      readProgress(JSON.stringify({ version: 1, at, chapters }));
    expect(kept({ nowhere: { seen: true } }, 'nowhere')).toEqual(noProgress());
    for (const wrong of [drawn.slice(1), drawn.map(() => 7), drawn.map(() => 'x'), 3])
      expect(kept({ [curve.name]: { drawn: wrong, seen: true } })!.chapters[curve.name]).toEqual({
        seen: true,
      });
    for (const wrong of [-1, 99, 0.5, '1'])
      expect(kept({ [count.name]: { chosen: wrong } })!.chapters[count.name]).toEqual({});
    const judge = CHAPTERS.find(({ question }) => question.kind === 'judge')!;
    const judgedOf = (judged: unknown) => kept({ [judge.name]: { judged } })!.chapters[judge.name];
    expect(judgedOf([true, null, false])).toEqual({ judged: [true, null, false] });
    for (const wrong of [[1], Array(7).fill(true), 'yes']) expect(judgedOf(wrong)).toEqual({});
  });

  it('stays small with every chapter predicted and seen', () => {
    const chapters = Object.fromEntries(
      CHAPTERS.map(({ name, question }) => [
        name,
        question.kind === 'curve'
          ? { drawn: question.handles.map(() => 1 / 3), seen: true, place: 12_345 }
          : question.kind === 'judge'
            ? { judged: [true, null, false, true, true, false], seen: true, place: 12_345 }
            : { chosen: 1, seen: true, place: 12_345 },
      ]),
    );
    const text = writeProgress({ at: null, chapters });
    expect(text.length).toBeLessThan(3000);
    expect(Object.keys(readProgress(text)!.chapters)).toHaveLength(CHAPTERS.length);
  });
});
