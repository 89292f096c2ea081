import { describe, expect, it } from 'vitest';
import EntropyLawCard from '../../../src/ui/measures/EntropyLawCard.svelte';
import MeasuresCard from '../../../src/ui/measures/MeasuresCard.svelte';
import { markupOf, textOf, textsOf } from '../fixtures/markup.ts';
import type { TrainRow } from '../../../src/experiments/train.ts';
import { pageOf, rowOf } from '../fixtures/page.svelte.ts';

/** Five problems: kept, lost, found, lost but for a rest, never solved. Zero is a p below 0.00037. */
const BASE = [0.5, 0.2, 0.0001, 0.3, 0];
const NOW = [0.9, 0, 0.02, 0.0002, 0];
const NAMES = ['1 2 → 3', '2 2 → 4', '2 3 → 5', '3 3 → 6', '3 4 → 7'];

const figuresOf = (...rows: TrainRow[]) =>
  pageOf({
    run: { rows, problems: { heldOut: NAMES, acceptCounts: [], chanceP: [] } as never },
  }).figures;
const trained = markupOf(MeasuresCard, {
  figures: figuresOf(rowOf(0, BASE), rowOf(5, NOW)),
});
/** The words of the row of a table, by its head. */
const row = (markup: string, head: string): string =>
  textsOf(markup, /<tr.*?<\/tr>/).find((words) => words.startsWith(head))!;

describe('the measures', () => {
  it('count what is kept, found, lost and never solved, with the indices of those counts', () => {
    const number = (head: string): string | undefined => {
      const [found] = (trained.match(/<tr.*?<\/tr>/gs) ?? []).filter((markup) =>
        textsOf(markup, /<tr.*?<\/tr>/)[0]?.startsWith(head),
      );
      return textsOf(found ?? '', /<td class="number *"[^>]*>(.*?)<\/td>/)[0];
    };
    const heads = ['preserved (P)', 'expanded (E)', 'shrunk (S)', 'out of support'];
    expect(heads.map(number)).toEqual(['1', '1', '2', '1']);
    // P = 1, E = 1, S = 2: 1/3, 1/2, their harmonic mean 2 · 1/6 / (5/6) = 0.4, and (1 − 2) / 4.
    expect(row(trained, 'SRR')).toContain(' 0.333 ');
    expect(row(trained, 'NDR')).toContain(' 0.500 ');
    expect(row(trained, 'SDS')).toContain(' 0.400 ');
    expect(row(trained, 'NSCR')).toContain(' −0.250 ');
    // (1 + 1 + (1 − 0.9999^256) + 1 + 0) / 5 − (0.9 + 0.02 + 0.0002) / 5 = 0.60506 − 0.18404.
    expect(number('Δ')).toBe('0.421');
  });

  it('explain each head with its formula, and say that TRL has no name for it', () => {
    for (const [head, formula] of [
      ['preserved (P)', 'P = #{p₀ ≥ ε and p ≥ ε}'],
      ['SRR', 'SRR = P / (P + S)'],
      ['Δ', 'Δ_SE = pass@256(base) − pass@1(now)'],
    ] as const) {
      expect(row(trained, head)).toContain(formula);
      expect(row(trained, head)).toContain('TRL’s name: none');
    }
  });

  it('have in the bin of zero those that are not found', () => {
    // Base: expanded and out; now: shrunk and out.
    expect(trained).toMatch(/base: 2, 0, 0, 1, 1, 0, 1, 0, 0, 0, 0 problems from zero to 1/);
    expect(trained).toMatch(/now: 3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1 problems from zero to 1/);
  });

  it('have the base alone before training, and nothing of the problems of another run', () => {
    const before = markupOf(MeasuresCard, { figures: figuresOf(rowOf(0, BASE)) });
    expect(before).toContain('data-step="0"');
    expect(row(before, 'preserved')).toContain(' – ');
    expect(before).not.toMatch(/now: \d/);
    const other = figuresOf(rowOf(0, BASE), rowOf(5, [0.5, 0.5]));
    expect(markupOf(MeasuresCard, { figures: other })).not.toMatch(/now: \d/);
  });
});

describe('reward over entropy', () => {
  // On R = −0.3 e^H + 0.8.
  const rows = Array.from({ length: 16 }, (_, step) => {
    const entropy = 0.9 - 0.05 * step;
    return rowOf(step, null, { entropy, reward: 0.8 - 0.3 * Math.exp(entropy) });
  });
  const card = (count: number) => markupOf(EntropyLawCard, { rows: rows.slice(0, count) });

  it('has a dot a step, the curve through them, and its numbers', () => {
    const markup = card(16);
    expect(/<path class="dots *" d="(.*?)"/.exec(markup)![1]!.match(/M/g)).toHaveLength(16);
    expect(/aria-label="(Reward and entropy.*?)"/.exec(markup)![1]).toContain(
      '16 steps. R = −0.300 e^H + 0.800',
    );
    expect(textsOf(markup, /<dd.*?<\/dd>/)).toEqual(['R = −0.300 e H + 0.800', '1.000', '0.500']);
  });

  it('says nothing of a fit to a few steps', () => {
    const markup = card(9);
    expect(textsOf(markup, /<dd.*?<\/dd>/)).toEqual(['–', '–', '–']);
    expect(textOf(markup)).toContain('9');
  });
});
