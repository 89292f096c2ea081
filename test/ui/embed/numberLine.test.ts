import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parsePoster } from '../../../src/run/posterFile.ts';
import NumberLine from '../../../src/ui/embed/NumberLine.svelte';
import { markupOf, textOf } from '../fixtures/markup.ts';
import { pageOf, rowOf } from '../fixtures/page.svelte.ts';

const poster = (preset: string) =>
  parsePoster(
    readFileSync(new URL(`../../../public/runs/posters/${preset}.json`, import.meta.url), 'utf8'),
  )!;
/** The line over a run that ends as a recorded one has. */
const lineOf = (preset: string): string => {
  const { baseP, p } = poster(preset);
  const { figures } = pageOf({ run: { rows: [rowOf(0, baseP), rowOf(150, p)] } });
  return textOf(markupOf(NumberLine, { figures }));
};

it('the numbers of a run say from which k to which the base solves more', () => {
  expect(lineOf('crossing')).toMatch(/crossing: k ≈ 8\.2$/);
  // Where the trained policy comes ahead again, the first crossing alone would tell half of it.
  expect(lineOf('explores')).toMatch(/crossing: k ≈ 12 to 139$/);
});

it('the numbers of a run in which nothing is learned are the same before and after', () => {
  // The entropy, of other problems at each step, would not be.
  const { entropy } = poster('still').trained;
  expect(entropy.at(-1)).not.toBeCloseTo(entropy[0]!, 2);
  const numbers = [...lineOf('still').matchAll(/0\.\d{3}/g)].map(String);
  expect(numbers).toHaveLength(4);
  expect([numbers[0], numbers[2]]).toEqual([numbers[1], numbers[3]]);
});
