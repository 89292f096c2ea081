import { describe, expect, test } from 'vitest';
import { readResults } from '../../src/results/read.ts';
import { eachLine } from '../../src/results/source.ts';
import { plainly } from '../results/examples.ts';

const BYTES = 300_000_000;

/** A file of 300 MB, of a head and of parts that are all the same. */
function fileOf(head: string, part: string) {
  const size = new Blob([part]).size;
  const parts = Math.ceil(BYTES / size);
  // A few large ones: Node is slow in going through thousands.
  const many = 20;
  const large = new Blob([part.repeat(many)]);
  const blob = new Blob([head, ...Array<Blob>(Math.ceil(parts / many)).fill(large)]);
  return { blob, parts: Math.ceil(parts / many) * many };
}

const MB = 1e6;

/** Reads a file, and tells what it took: seconds, and MB above what the process had before, at most. */
async function measured<T>(what: string, read: (told: () => void) => Promise<T>): Promise<T> {
  globalThis.gc?.();
  const before = process.memoryUsage();
  let peak = 0;
  const began = performance.now();
  const result = await read(() => {
    const { rss } = process.memoryUsage();
    peak = Math.max(peak, rss - before.rss);
  });
  const seconds = (performance.now() - began) / 1000;
  console.log(`${what}: ${seconds.toFixed(1)} s, ${(peak / MB).toFixed(0)} MB more at the peak`);
  // Of a file that is held there are 300 MB at least, and as text twice as many.
  expect(peak / MB).toBeLessThan(150);
  expect(seconds).toBeLessThan(90);
  return result;
}

describe('300 MB', () => {
  test('of short lines', async () => {
    const { blob, parts } = fileOf('', 'p1,1\n'.repeat(100_000));
    let lines = 0;
    await measured('lines', (told) => eachLine({ name: 'a', blob }, () => void lines++, told));
    expect(lines).toBe(parts * 100_000);
  });

  test('of a row a sample', async () => {
    const ids = Array.from({ length: 500 }, (_, i) => `a problem with a longer name, ${i}`);
    const rows = ids.flatMap((id, i) => [`base,"${id}",${i % 2}\n`, `rl,"${id}",1\n`]).join('');
    const { blob, parts } = fileOf('model,problem,correct\n', rows);
    const { models } = await measured('CSV of samples', (told) =>
      readResults({ name: 'a.csv', blob }, {}, told),
    );
    expect(plainly(models)).toEqual([
      ['base', ...ids.map((id, i) => [id, parts, (i % 2) * parts])],
      ['rl', ...ids.map((id) => [id, parts, parts])],
    ]);
  });

  test('with new ids all along it: an id is not to hold the piece of the file that it came in', async () => {
    const filler = 'x'.repeat(30_000);
    const ids = Array.from({ length: 10_000 }, (_, i) => `a problem with a longer name, no. ${i}`);
    // Each part is a piece of its own.
    const parts = ids.map(
      (id) => `"${id}",1,\nfiller,0,${filler}\nplain ${id.replace(',', '')},0,\n`,
    );
    const blob = new Blob(['problem,correct,text\n', ...parts]);
    const { models } = await measured('CSV with new ids', (told) =>
      readResults({ name: 'a.csv', blob }, {}, told),
    );
    expect(models[0]!.problems.size).toBe(20_001);
    expect(models[0]!.problems.get('filler')).toEqual({ n: 10_000, c: 0 });
  });

  test('of lines of 128 long answers', async () => {
    const code = Array.from({ length: 128 }, (_, i) => `\\boxed{${i}} é "`.repeat(500));
    const score = code.map((_, i) => i < 40);
    const line = (idx: number) => `${JSON.stringify({ idx, gt: '', code, pred: [], score })}\n`;
    const { blob, parts } = fileOf('', line(0) + line(1));
    const { models } = await measured('math_eval', (told) =>
      readResults({ name: 'm.jsonl', blob }, {}, told),
    );
    const counts = ['0', '1'].map((id) => [id, 128 * parts, 40 * parts]);
    expect(plainly(models)).toEqual([['m', ...counts]]);
  });

  test('of prompts without ids', async () => {
    const prompts = Array.from({ length: 200 }, (_, i) => `${'Think. '.repeat(300)}${i} + 1?`);
    const lines = prompts.map((input, i) =>
      JSON.stringify({ input, output: '4'.repeat(3000), score: i % 2 ? 1 : -1, step: 3 }),
    );
    const { blob, parts } = fileOf('', `${lines.join('\n')}\n`);
    const { models } = await measured('verl', (told) =>
      readResults({ name: '3.jsonl', blob }, {}, told),
    );
    expect(models.map(({ name }) => name)).toEqual(['step 3']);
    expect([...models[0]!.problems.values()]).toEqual(
      prompts.map((_, i) => ({ n: parts, c: (i % 2) * parts })),
    );
  });
});
