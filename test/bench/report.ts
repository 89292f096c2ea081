import type { Measured } from './measure.ts';
import type { FloorRow, Results } from './results.ts';
import type { Spread } from './spread.ts';

/** Three figures, without exponents. */
function figure(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

const maybe = (value: number | null): string => (value === null ? '–' : figure(value));

const maybeOver = (value: number | undefined, unit: number): string =>
  maybe(value === undefined ? null : value / unit);

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
  const sections = [
    '# What a GRPO step costs',
    [
      `${results.date}, \`${results.command}\`, ${Math.round(results.durationS / 60)} minutes`,
      `${results.renderer}, ${results.browser}`,
      `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.os}, Node ${machine.node}, load before ${machine.load.toFixed(1)}`,
    ].join('  \n'),
    'Milliseconds, medians; in brackets quartiles and the number of steps.',
    table(
      ['target: width 32, 512 rollouts', 'goal', 'found', ''],
      results.targets.map(({ what, goal, found, reached }) => [
        what,
        goal,
        found,
        reached === null ? 'not measured' : reached ? 'reached' : 'missed',
      ]),
    ),
    ...stepTables(results),
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
  sections.push(
    table(
      ['engine', 'on', 'GFLOP/s', 'GB/s'],
      [...devices].map(([engine, device]) => [
        engine,
        device,
        maybeOver(rates[engine]?.flopsPerSecond, 1e9),
        maybeOver(rates[engine]?.bytesPerSecond, 1e9),
      ]),
    ),
  );
  return `${sections.join('\n\n')}\n`;
}

/** A table for each width and each way to pay. */
function stepTables({ grpoStep, floor }: Results): string[] {
  const titleOf = ({ width, parameters, pays }: Measured): string =>
    `## Width ${width}, ${parameters.toLocaleString('en-US')} parameters, paid by ${pays === 'coin' ? 'a coin' : 'the verifier'}`;
  return [...new Set(grpoStep.map(titleOf))].flatMap((title) => [
    title,
    stepTable(
      grpoStep.filter((row) => titleOf(row) === title),
      floor,
    ),
  ]);
}

function stepTable(rows: readonly Measured[], floor: readonly FloorRow[]): string {
  const timesFloor = (row: Measured): number | null =>
    floor.find(
      ({ engine, width, rollouts, pays }) =>
        engine === row.engine &&
        width === row.width &&
        rollouts === row.rollouts &&
        pays === row.pays,
    )?.times ?? null;
  return table(
    [
      'engine',
      'rollouts',
      'step',
      '',
      '× reference',
      '× PyTorch',
      '× floor',
      'rollout',
      'update',
      'rest',
      'evaluation',
      'first step',
      'of it compiling',
      'draws',
      'submitting',
      'MiB',
      'mixed',
      'tokens',
    ],
    rows.map((row) => [
      row.engine,
      String(row.rollouts),
      figure(row.medianMs),
      range(row.step),
      maybe(row.timesAsFast.reference),
      maybe(row.timesAsFast.pytorch),
      maybe(timesFloor(row)),
      figure(row.rolloutMs),
      figure(row.updateMs),
      figure(row.restMs),
      maybe(row.evaluateMs),
      figure(row.firstStepMs),
      maybe(row.compileMs),
      row.draws === null ? '–' : String(row.draws),
      maybe(row.submitMs),
      mebibytes(row.bytes),
      `${Math.round(100 * row.mixed)} %`,
      figure(row.answerLength),
    ]),
  );
}

function growthTables({ growth }: Results): string[] {
  return [...new Set(growth.map(({ what }) => what))].map((what) => {
    const series = growth.filter((row) => row.what === what);
    return table(
      [`${what}`, 'engine', 'size', 'tokens', 'step', '', 'times the first'],
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
          figure(row.answerLength),
          figure(row.medianMs),
          range(row.step),
          figure(row.medianMs / first.medianMs),
        ];
      }),
    );
  });
}
