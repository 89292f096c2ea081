import { expect, test } from 'vitest';
import { randomBits } from '../../src/core/random.ts';
import { readResults } from '../../src/results/read.ts';
import { ResultsError } from '../../src/results/results.ts';
import { EXAMPLES, sourceOf } from './examples.ts';

const DAMAGES = 60;

/** A file with some of its bytes changed, or cut off. */
function damaged(
  bytes: Uint8Array<ArrayBuffer>,
  isCut: boolean,
  i: number,
): Uint8Array<ArrayBuffer> {
  const bits = (j: number, below: number): number => randomBits(3, 1, i, j) % below;
  const found = bytes.slice(0, isCut ? bits(0, bytes.length) : bytes.length);
  const marks = Array.from('{}[]",:\n;\t01-=\0nN').map((mark) => mark.charCodeAt(0));
  if (!isCut)
    for (let j = 0; j <= i % 5; j++)
      found[bits(1 + j, found.length)] = i % 3 === 1 ? marks[bits(9 + j, 18)]! : bits(9 + j, 256);
  return found;
}

test.each(EXAMPLES)(
  '$format: what is damaged is read with counts that can be, or refused with a sentence',
  async ({ file, content }) => {
    const bytes = new Uint8Array(await new Blob([content()]).arrayBuffer());
    // Of changed bytes within a page of Parquet hyparquet makes what it can, and may take long for it.
    const isOnlyCut = file.endsWith('.parquet');
    let refused = 0;
    for (let i = 0; i < DAMAGES; i++) {
      try {
        const { models } = await readResults(
          sourceOf(file, damaged(bytes, isOnlyCut || i % 3 === 0, i)),
        );
        for (const { problems } of models)
          for (const [id, { n, c }] of problems)
            expect([id !== '', Number.isSafeInteger(n), c >= 0, c <= n, n > 0]).not.toContain(
              false,
            );
      } catch (error) {
        if (!(error instanceof ResultsError)) throw error;
        refused++;
        expect(error.message).toMatch(/; expected .*\.$/s);
      }
    }
    expect(refused).toBeGreaterThan(DAMAGES / 10);
  },
);
