import { describe, expect, it } from 'vitest';
import { firstFault, readAt, stopsOf, type Series } from '../../src/plots/series.ts';
import {
  evenly,
  MOST_ROWS,
  tableOfBins,
  tableOfDots,
  tableOfIntervals,
  tableOfLines,
  tableOfPlane,
} from '../../src/plots/tables.ts';

const line = (id: string, points: [number, number][]): Series => ({
  id,
  label: id,
  color: 'red',
  points: points.map(([x, y]) => ({ x, y })),
});
const three = (y: number): string => y.toFixed(3);

describe('a long list of rows', () => {
  it('keeps all up to the most there may be', () => {
    const rows = Array.from({ length: MOST_ROWS }, (_, i) => i);
    expect(evenly(rows)).toEqual(rows);
  });

  it.each([61, 100, 301, 10_000])('keeps the first and last of %i at equal distances', (count) => {
    const kept = evenly(Array.from({ length: count }, (_, i) => i));
    expect(kept.length).toBe(MOST_ROWS);
    expect([kept[0], kept.at(-1)]).toEqual([0, count - 1]);
    const gaps = kept.slice(1).map((row, i) => row - kept[i]!);
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
  });
});

describe('the table of lines', () => {
  it('has a row for each x of any pane, and what each line says there', () => {
    const panes = [
      {
        series: [
          line('pass@1', [
            [0, 0.1],
            [10, 0.25],
          ]),
        ],
        format: three,
      },
      {
        series: [
          line('entropy', [
            [0, 0.8],
            [5, NaN],
            [10, 0.5],
          ]),
        ],
        format: (y: number) => `${y} nats`,
      },
    ];
    expect(tableOfLines('step', panes)).toEqual({
      head: ['step', 'pass@1', 'entropy'],
      rows: [
        ['0', '0.100', '0.8 nats'],
        // Between two of its points a line says what it said last.
        ['5', '0.100', 'not a number'],
        ['10', '0.250', '0.5 nats'],
      ],
      note: '',
    });
  });

  it('has estimates with their errors where they are, and a dash where a line has not begun', () => {
    const estimates = { label: 'sampled', color: 'red', points: [{ x: 4, y: 0.5, error: 0.02 }] };
    const table = tableOfLines('k', [
      {
        series: [
          line('now', [
            [4, 0.5],
            [8, 0.75],
          ]),
          line('late', [[8, 1]]),
        ],
        format: three,
        estimates,
      },
    ]);
    expect(table.rows).toEqual([
      ['4', '0.500', '–', '0.500 ± 0.020'],
      ['8', '0.750', '1.000', '–'],
    ]);
  });

  it('says how many of its rows it shows where it is thinned', () => {
    const long = line(
      'now',
      Array.from({ length: 301 }, (_, i) => [i, i / 300]),
    );
    const table = tableOfLines('step', [{ series: [long], format: three }]);
    expect(table.rows.length).toBe(60);
    expect([table.rows[0], table.rows.at(-1)]).toEqual([
      ['0', '0.000'],
      ['300', '1.000'],
    ]);
    expect(table.note).toBe('60 of 301 rows, at equal distances.');
  });
});

describe('the tables of other figures', () => {
  it('of intervals have half their width', () => {
    const series = [
      {
        id: 'a',
        label: 'a',
        color: '',
        dash: '',
        points: [
          { x: 1, y: 0.2, half: 0.01 },
          { x: 2, y: 0.3, half: null },
        ],
      },
      { id: 'b', label: 'b', color: '', dash: '', points: [{ x: 2, y: 0.4, half: 0.02 }] },
    ];
    const view = {
      title: '',
      caption: '',
      summary: '',
      xLabel: 'k',
      yLabel: '',
      xDomain: [1, 2],
      yDomain: [0, 1],
      xScale: 'log2',
      intervals: 'band',
      series,
      format: three,
      at: String,
    } as const;
    expect(tableOfIntervals(view).rows).toEqual([
      ['1', '0.200 ± 0.010', '–'],
      ['2', '0.300', '0.400 ± 0.020'],
    ]);
  });

  it('of a plane have both coordinates of each point', () => {
    const point = {
      id: 'g',
      label: 'GRPO',
      color: '',
      marker: 'circle',
      x: 0.34,
      y: 0.7364,
      xHalf: 0.01,
      yHalf: null,
    } as const;
    const table = tableOfPlane({ xLabel: 'pass@1', yLabel: 'pass@256', points: [point] });
    expect(table.head).toEqual(['point', 'pass@1', 'pass@256']);
    expect(table.rows).toEqual([['GRPO', '0.340 ± 0.010', '0.736']]);
  });

  it('of dots are thinned and say so', () => {
    const dots = Array.from({ length: 100 }, (_, i) => ({ x: i, y: -i }));
    const table = tableOfDots('entropy', 'reward', dots);
    expect(table.rows.length).toBe(60);
    expect(table.rows.at(-1)).toEqual(['99.000', '-99.000']);
    expect(table.note).toBe('60 of 100 points, at equal distances.');
  });

  it('of bins name each bin by its edges', () => {
    // Three edges bound two bins, beside the first one.
    expect(
      tableOfBins(
        'zero',
        ['0', '', '1'],
        [
          { label: 'base', counts: [1, 2, 3] },
          { label: 'now', counts: [4, 5, 6] },
        ],
      ),
    ).toEqual({
      head: ['bin', 'base', 'now'],
      rows: [
        ['zero', '1', '4'],
        ['0 to 1', '2', '5'],
        ['0 to 1', '3', '6'],
      ],
      note: '',
    });
    const rates = [{ label: 'now', counts: [7, 8, 9, 10] }];
    expect(tableOfBins('none', ['0', '.5', '1'], rates, 'all').rows).toEqual([
      ...[
        ['none', '7'],
        ['0 to .5', '8'],
        ['.5 to 1', '9'],
        ['all', '10'],
      ],
    ]);
  });
});

describe('lines', () => {
  const a = line('a', [
    [0, 1],
    [4, 2],
    [9, NaN],
  ]);
  const b = line('b', [
    [1, 3],
    [4, Infinity],
  ]);

  it('have the stops of all', () => expect(stopsOf([a, b])).toEqual([0, 1, 4, 9]));

  it('name the first place without a number, wherever it is', () => {
    expect(firstFault([a, b])).toBe(4);
    expect(firstFault([line('c', [[0, 1]])])).toBeNull();
  });

  it('are read at a place, and at their ends', () => {
    const format = String;
    expect(readAt({ series: [a, b], format }, 2)).toBe('a 1, b 3');
    expect(readAt({ series: [a, b], format }, 0)).toBe('a 1, b –');
    expect(readAt({ series: [a, b], format }, null)).toBe('a –, b –');
  });
});
