import { describe, expect, it } from 'vitest';
import { csvParse } from 'd3-dsv';
import type { TrainRow } from '../../src/experiments/train.ts';
import { csvText } from '../../src/core/csv.ts';
import { rowsAsCsv, rowsAsJsonLines } from '../../src/run/rowsText.ts';
import { exampleRun } from './runFile/example.ts';

describe('the rows of a run for other programs', () => {
  it('are every number of every step as CSV, which parses back', async () => {
    const { rows } = await exampleRun();
    const parsed = csvParse(rowsAsCsv(rows));
    expect(parsed.length).toBe(5);
    rows.forEach((row, i) => {
      const line = parsed[i]!;
      expect(Number(line['step'])).toBe(row.step);
      expect(Number(line['entropy'])).toBe(row.entropy);
      expect(Number(line['completions/mean_length'])).toBe(row['completions/mean_length']);
      // What a step has not is an empty cell.
      expect(line['grad_norm']).toBe(row.grad_norm === null ? '' : String(row.grad_norm));
      expect(line['heldOut.passAt.256']).toBe(String(row.heldOut?.passAt['256'] ?? ''));
      expect(line['heldOut.p']).toBe(row.heldOut?.p.join(' ') ?? '');
    });
    expect(Object.keys(parsed[0]!).some((name) => name.startsWith('group'))).toBe(false);
  });

  it('are all of it as JSON lines', async () => {
    const { rows } = await exampleRun();
    const lines = rowsAsJsonLines(rows).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(rows);
  });

  it('keep a number that is none in sight', () => {
    const row = { step: 3, entropy: NaN, kl: -Infinity, loss: null } as unknown as TrainRow;
    expect(rowsAsCsv([row])).toBe('step,entropy,kl,loss\n3,NaN,-Infinity,\n');
    expect(rowsAsJsonLines([row])).toBe(
      '{"step":3,"entropy":"NaN","kl":"-Infinity","loss":null}\n',
    );
  });

  it('quote what a cell could be mistaken by', () => {
    expect(csvText([['a,b', 'say "x"', 'two\nlines', 'plain']])).toBe(
      '"a,b","say ""x""","two\nlines",plain\n',
    );
  });
});
