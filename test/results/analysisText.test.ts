import { expect, it } from 'vitest';
import { analyse } from '../../src/results/analyse.ts';
import { analysisCsv } from '../../src/results/analysisText.ts';
import { model } from './made.ts';

it('CSV has curves of unequal length, bands where there are, and no cell that begins as a formula', () => {
  const models = [model('=1+1', 70, [1, 5, 0, 70]), model('a "b", c', 2, [1, 2, 0, 1])];
  const lines = analysisCsv(analyse(models, { base: 0, leastN: 1, resamples: 100, seed: 1 }))
    .trim()
    .split('\n');
  expect(lines).toHaveLength(71);
  expect(lines[0]).toMatch(/^k,pass@k of =1\+1,.*,"pass@k of a ""b"", c",/);
  const cells = lines.slice(1).map((line) => line.split(',').map((cell) => cell && Number(cell)));
  // pass@1: (1/70 + 5/70 + 0 + 1) / 4 and (1/2 + 1 + 0 + 1/2) / 4; of the second there is no k = 3.
  expect(cells[0]![1]).toBeCloseTo(76 / 280, 12);
  expect(cells[0]![5]).toBe(0.5);
  expect(cells[0]![9]).toBeCloseTo(0.5 - 76 / 280, 12);
  expect(cells[2]!.slice(5)).toEqual(['', '', '', '', '', '', '']);
  // 70 k, of which 64 have bands.
  expect(cells.filter((line) => line[2] !== '')).toHaveLength(64);
  expect(cells[69]![1]).toBe(0.75);
});
