import type { Measured } from './measure.ts';
import type { Results } from './results.ts';
import type { Spread } from './spread.ts';

/** Three figures, without exponents. */
function figure(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

const maybe = (value: number | null): string => (value === null ? '–' : figure(value));

const range = ({ low, high, n }: Spread): string => `${figure(low)}–${figure(high)} (${n})`;

const mebibytes = (bytes: number): string => (bytes === 0 ? '–' : figure(bytes / 2 ** 20));

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join(
    '\n',
  );
}

/** The results as markdown. */
export function showResults(results: Results): string {
  const { machine, rates } = results;
  const sizes = [...new Set(results.grpoStep.map(({ width }) => width))];
  const sections = [
    '# What a GRPO step costs',
    [
      `${results.date}, \`${results.command}\`, ${Math.round(results.durationS / 60)} minutes`,
      `${results.renderer}, ${results.browser}`,
      `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.os}, Node ${machine.node}, load before ${machine.load.toFixed(1)}`,
    ].join('  \n'),
    'Milliseconds, medians; in brackets quartiles and the number of steps.',
    ...sizes.map((width) => stepTable(results.grpoStep.filter((row) => row.width === width))),
    '## Targets (default policy, 512 rollouts)',
    table(
      ['', 'goal', 'found', ''],
      results.targets.map(({ what, goal, found, reached }) => [
        what,
        goal,
        found,
        reached ? 'reached' : 'missed',
      ]),
    ),
    '## The floor',
    'Operations and bytes that a step needs at least (`cost.ts`), over what the same backend does in a large matrix product and a large copy.',
    table(
      ['backend of', 'GFLOP/s', 'GB/s'],
      Object.entries(rates).map(([engine, { flopsPerSecond, bytesPerSecond }]) => [
        engine,
        figure(flopsPerSecond / 1e9),
        figure(bytesPerSecond / 1e9),
      ]),
    ),
    table(
      ['engine', 'width', 'rollouts', 'MFLOP', 'MB', 'floor', 'step', 'times the floor'],
      results.floor.map((row) => [
        row.engine,
        String(row.width),
        String(row.rollouts),
        figure(row.flops / 1e6),
        figure(row.bytes / 1e6),
        figure(row.floorMs),
        figure(row.medianMs),
        figure(row.times),
      ]),
    ),
  ];
  if (results.growth.length > 0) sections.push('## Growth', ...growthTables(results));
  if (results.skipped.length > 0)
    sections.push(
      '## Left out',
      results.skipped
        .map(({ engine, width, rollouts, reason }) =>
          width
            ? `- ${engine}, width ${width}, ${rollouts} rollouts: ${reason}`
            : `- ${engine}: ${reason}`,
        )
        .join('\n'),
    );
  sections.push('## How it was measured', results.notes.map((note) => `- ${note}`).join('\n'));
  const devices = new Map(results.grpoStep.map(({ engine, device }) => [engine, device]));
  sections.push([...devices].map(([engine, device]) => `- ${engine}: ${device}`).join('\n'));
  return `${sections.join('\n\n')}\n`;
}

function stepTable(rows: readonly Measured[]): string {
  const { width, parameters } = rows[0]!;
  return [
    `## Width ${width}, ${parameters.toLocaleString('en-US')} parameters`,
    table(
      [
        'engine',
        'rollouts',
        'step',
        '',
        'rollout',
        'update',
        'rest',
        'evaluation',
        'draws',
        'submitting',
        'first step',
        'of it compiling',
        'MiB',
      ],
      rows.map((row) => [
        row.engine,
        String(row.rollouts),
        figure(row.medianMs),
        range(row.step),
        figure(row.rolloutMs),
        figure(row.updateMs),
        figure(row.restMs),
        maybe(row.evaluateMs),
        row.draws === null ? '–' : String(row.draws),
        maybe(row.submitMs),
        figure(row.firstStepMs),
        maybe(row.compileMs),
        mebibytes(row.bytes),
      ]),
    ),
  ].join('\n\n');
}

function growthTables({ growth }: Results): string[] {
  return [...new Set(growth.map(({ what }) => what))].map((what) => {
    const series = growth.filter((row) => row.what === what);
    return table(
      [`${what}`, 'engine', 'size', 'step', '', 'times the first'],
      series.map((row) => {
        const first = series.find(({ engine }) => engine === row.engine)!;
        const size = (of: Measured): number =>
          ({
            rollouts: of.rollouts,
            parameters: of.parameters,
            'response length': of.responseLength,
          })[what];
        return [
          `× ${figure(size(row) / size(first))}`,
          row.engine,
          size(row).toLocaleString('en-US'),
          figure(row.medianMs),
          range(row.step),
          figure(row.medianMs / first.medianMs),
        ];
      }),
    );
  });
}
