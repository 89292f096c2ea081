import { meanPassAtK } from '../../core/passAtK.ts';
import { meanInterval } from '../../core/studentT.ts';
import { armNamed } from './claims.ts';
import { basesOf } from './means.ts';
import { absences, measure, measureNamed } from './measures.ts';
import type { RecordedArm, RecordedRun, RecordedStudy } from './recorded.ts';
import { isConstant, showInterval, showNumber } from './shown.ts';
import type { Study } from './study.ts';
import { verdictOf, type Room, type Verdict } from './verdicts.ts';

/** A table of Markdown, with its columns as wide as they need to be, as the formatter has them. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = head.map((cell, i) =>
    Math.max(3, ...[cell, ...rows.map((row) => row[i]!)].map((c) => [...c].length)),
  );
  const line = (cells: readonly string[], fill = ' '): string =>
    `| ${cells.map((cell, i) => cell + fill.repeat(widths[i]! - [...cell].length)).join(' | ')} |`;
  return [
    line(head),
    line(
      head.map(() => ''),
      '-',
    ),
    ...rows.map((row) => line(row)),
  ].join('\n');
}

/** A measure over the runs of an arm: mean and interval, or how many have no such number. */
function cell(runs: readonly RecordedRun[], name: string, when: 'base' | 'end' = 'end'): string {
  const values = runs.map((run) => measure(run, name, when));
  const found = values.filter((value) => value !== null);
  const { path, digits } = measureNamed(name);
  // What no row has is not looked for in vain, as a crossing is; nor is a crossing of the base with itself.
  if (found.length === 0 && (path !== undefined || when === 'base')) return '–';
  if (found.length < values.length) {
    const lacking = runs.filter((_, i) => values[i] === null);
    const why = absences(lacking, name);
    return `none in ${lacking.length} of ${runs.length}${why === '' ? '' : `: ${why}`}`;
  }
  const interval = meanInterval(found);
  return when === 'base' && isConstant(interval)
    ? showNumber(interval.mean, digits)
    : showInterval(interval, digits);
}

/** Exact pass@k of chance is the only number that it has. */
function chanceCell(arm: RecordedArm, name: string): string {
  const k = /^pass@(\d+)$/.exec(name)?.[1];
  return k === undefined ? '' : showNumber(meanPassAtK(arm.chanceP, Number(k)), 3);
}

/** A row of a study's table; `arm` is null for chance and the bases, above the arms. */
export interface StudyRow {
  label: string;
  arm: RecordedArm | null;
  /** In the order of the study's measures, as text. */
  cells: string[];
}

/** Arms × measures, mean and 95 % interval over seeds, below each base and chance. */
export function studyRows({ measures }: Study, { arms }: RecordedStudy): StudyRow[] {
  const [first] = arms;
  const bases = basesOf(arms);
  return [
    { label: 'chance', arm: null, cells: measures.map((name) => chanceCell(first!, name)) },
    ...bases.map(({ label, runs }) => ({
      label: bases.length === 1 ? 'base' : `base of ${label}`,
      arm: null,
      cells: measures.map((name) => cell(runs, name, 'base')),
    })),
    ...arms.map((arm) => ({
      label: arm.label,
      arm,
      cells: measures.map((name) => cell(arm.runs, name)),
    })),
  ];
}

/** {@link studyRows} as Markdown. */
export function studyTable(study: Study, recorded: RecordedStudy): string {
  return markdownTable(
    ['', ...study.measures.map((name) => measureNamed(name).label)],
    studyRows(study, recorded).map(({ label, cells }) => [label, ...cells]),
  );
}

const SIGNS: Record<string, string> = { '1': 'rises', '-1': 'falls', '0': 'no difference' };

/** A verdict in words, with its reason where there is one. */
const VERDICTS: Readonly<Record<Verdict['kind'], (verdict: Verdict) => string>> = {
  same: () => 'the same',
  differs: ({ paper, sign }) =>
    `differs: ${SIGNS[paper.sign]} there, ${SIGNS[sign!]} here. ${paper.why ?? ''}`.trim(),
  untold: ({ sign }) => (sign === null ? 'not told apart: no number' : 'not told apart'),
  cannot: ({ paper, room }) =>
    `cannot be told here: ${paper.cannot ?? roomWords(paper.sign, room!)}`,
};

const roomWords = (sign: number, { left, from }: Room): string =>
  `from ${showNumber(from, 3)} it can ${sign > 0 ? 'rise' : 'fall'} by ${showNumber(left, 3)} at most, too little to be seen`;

/** What the papers report of large models, what the toy shows, and whether the two agree, differ, or cannot be held together. */
export function papersTable(study: Study, { arms }: RecordedStudy): string {
  return markdownTable(
    ['the papers', 'this toy', 'verdict'],
    study.papers.map((paper) => {
      const verdict = verdictOf(paper, arms);
      return [
        `${paper.says} (${paper.source})`,
        verdict.claim.sentence,
        VERDICTS[verdict.kind](verdict),
      ];
    }),
  );
}

function everySeed(study: Study, recorded: RecordedStudy): string {
  return markdownTable(
    ['arm', 'seed', ...study.measures.map((name) => measureNamed(name).label)],
    study.arms.flatMap(({ id, label }) =>
      armNamed(recorded.arms, id).runs.map((run) => [
        label,
        String(run.seed),
        ...study.measures.map((name) => {
          const value = measure(run, name);
          if (value === null) return ['none', absences([run], name)].filter(Boolean).join(': ');
          return showNumber(value, measureNamed(name).digits);
        }),
      ]),
    ),
  );
}

/** What the documents say between the markers of a study. */
export const studyBlock = studyTable;

/** What its intervals are about, and what not. */
const seedsWords = ({ seedsBase }: Study): string =>
  (seedsBase
    ? 'A seed is that of a pretrained base and of its training; the problems are the same with all of them, so the intervals say nothing of other problems.'
    : 'The seeds are of training: base and problems are the same with all of them, so the intervals say nothing of another base or of other problems.') +
  ' What is sampled, such as the entropy of the rollouts, is an estimate of each seed.';

/** The whole outcome of a study, every seed in it, as Markdown. */
export function studyReport(study: Study, recorded: RecordedStudy): string {
  const { arms, seeds, command, claims, settings, versions } = recorded;
  const problems = arms[0]!.runs[0]!.p.length;
  const papers =
    study.papers.length === 0
      ? ''
      : `\n## What the papers report, and what this toy shows\n\n${papersTable(study, recorded)}\n\n${study.why}\n`;
  const flags = Object.entries(settings).map(([key, value]) => `${key} ${value}`);
  return `# ${study.title}

${study.question}

Held-out and exact, over ${problems} problems; mean and 95 % interval over seeds ${seeds.join(', ')}, all of them. ${seedsWords(study)} Settings: ${flags.join(', ')}.
Made by \`${command}\` (${versions.project}, Node ${versions.node}).

${studyTable(study, recorded)}

${claims.map(({ sentence }) => `- ${sentence}`).join('\n')}
${papers}
## Every seed

${everySeed(study, recorded)}
`;
}
