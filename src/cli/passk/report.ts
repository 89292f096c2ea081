import {
  ROUNDING,
  type Analysis,
  type Band,
  type Comparison,
  type Further,
  type ModelAnalysis,
} from '../../results/analysis.ts';
import { LEAST_RESTS, leadAt } from '../../results/apart.ts';
import type { Called, Read } from './input.ts';

const number = (value: number): string => value.toFixed(3);
/** With its sign, and none where it rounds to 0. */
const signed = (value: number): string => {
  const text = number(value).replace(/^-(0\.0*)$/, '$1');
  return text.startsWith('-') || Number(text) === 0 ? text : `+${text}`;
};
const interval = ({ low, high }: Band, format: (value: number) => string): string =>
  `[${format(low)}, ${format(high)}]`;
const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** The k that a table has: powers of 2 and the largest. All have bands. */
const tableKs = (bands: readonly Band[]): Band[] =>
  bands.filter(({ k }, i) => Number.isInteger(Math.log2(k)) || i === bands.length - 1);

/** Columns as wide as what is in them, aligned right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padStart(widths[column]!))
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
}

const samples = ({ leastN, mostN }: ModelAnalysis): string =>
  leastN === mostN ? `${leastN} samples of each` : `${leastN} to ${mostN} samples of each`;

/** What limits what these bands and curves tell. */
function limits(bands: readonly Band[], further: Further | null): string[] {
  return [
    ...(bands.some(({ low, high }) => high - low <= ROUNDING)
      ? ['where low is high all resamples are alike: they cannot tell how other problems would do']
      : []),
    ...(further
      ? [
          `a few problems with few samples end the curve: --least-n ${further.leastN} leaves out ${further.dropped} and goes on to k = ${further.leastN}`,
        ]
      : []),
  ];
}

function modelText(model: ModelAnalysis): string {
  const { name, problems, leftOut, bands, passAt, passHat, further } = model;
  const left = leftOut > 0 ? `; ${leftOut} with fewer samples left out` : '';
  const rows = tableKs(bands).map((band) => [
    String(band.k),
    `${number(passAt[band.k - 1]!)} ${interval(band, number)}`,
    number(passHat[band.k - 1]!),
  ]);
  return [
    `${name}: ${plural(problems, 'problem')}, ${samples(model)}${left}`,
    table([['k', 'pass@k', 'pass^k'], ...rows]),
    ...limits(bands, further),
  ].join('\n');
}

function crossingText({ trained, base, crossing, largestK }: Comparison): string {
  const { k, low, high, share } = crossing;
  const end = (value: number): string =>
    value === Infinity ? `beyond ${largestK}` : value.toFixed(1);
  const found =
    k === null
      ? `${trained} does not fall behind ${base} up to k = ${largestK}`
      : k === 1
        ? `${trained} is behind ${base}, or level with it, from k = 1`
        : `${trained} falls behind ${base} at k = ${k.toFixed(1)}`;
  return `crossing: ${found}; 95 % interval [${end(low)}, ${end(high)}], ${(100 * share).toFixed(1)} % of resamples cross`;
}

function wantedText({ wanted, trained, base }: Comparison): string {
  const { k, difference, half, isSettled, samples, problems } = wanted;
  const found = `at k = ${k} ${trained} − ${base} is ${signed(difference)} ± ${number(half)}`;
  if (isSettled) return `${found}: told apart from 0`;
  if (problems === null) return `${found}: no difference`;
  const ofProblems = `about ${problems} problems of this kind`;
  const settles =
    samples === null
      ? `${ofProblems} would settle it`
      : `about ${samples} samples of each of these problems would settle it, or ${ofProblems}`;
  return `${found}: not told apart from 0. If it is so, ${settles}`;
}

/** A difference whose band leaves 0 out is told apart only if it rests on enough problems. */
function whyNot({ bands, rests }: Comparison, band: Band): string {
  const isAside = band.low > ROUNDING || band.high < -ROUNDING;
  const on = rests[bands.indexOf(band)]!.toFixed(1).replace(/\.0$/, '');
  return isAside ? `not told apart: rests on ${on} of ${LEAST_RESTS} problems` : 'not told apart';
}

function comparisonText(comparison: Comparison): string {
  const { base, trained, joined, onlyBase, onlyTrained, bands, apart, coverage } = comparison;
  const leads = { base, trained };
  const rows = tableKs(bands).map((band) => {
    const [before, after] = [comparison.basePassAt, comparison.trainedPassAt].map(
      (passAt) => passAt[band.k - 1]!,
    );
    const lead = leadAt(comparison, band.k);
    return [
      String(band.k),
      number(before!),
      number(after!),
      `${signed(after! - before!)} ${interval(band, signed)}`,
      lead ? `${leads[lead]} leads` : whyNot(comparison, band),
    ];
  });
  const apartText = apart.map(
    ({ from, to, leads: who }) => `${leads[who]} leads from k = ${from} to ${to}`,
  );
  return [
    `${trained} against ${base}: ${plural(joined, 'problem')} of both, ${onlyBase.length} of ${base} only, ${onlyTrained.length} of ${trained} only`,
    table([['k', base, trained, `${trained} − ${base}`, 'told apart'], ...rows]),
    `told apart from 0, each k by itself: ${apartText.join(', ') || 'nowhere'}`,
    ...limits(bands, comparison.further),
    crossingText(comparison),
    `coverage, solved at least once: both ${coverage.both.length}, ${base} only ${coverage.baseOnly.length}, ${trained} only ${coverage.trainedOnly.length}, neither ${coverage.neither.length}`,
    wantedText(comparison),
  ].join('\n');
}

/** What no number above tells. */
const SHOWS_NOT = `What this does not show:
- n samples: a problem that none of n samples solved may be solved by more; near k = n, pass@k hangs on problems with one or two correct samples.
- guessing: with many samples some answers are right by chance, all the more where there are few to choose from.
- other runs: intervals tell of other problems and samples, at each k by itself; these are single models, and another run of training may differ.`;

function setText({ name, analysis }: TellsOfSet): string[] {
  const { models, comparisons, unjoined, resamples } = analysis;
  const head = `Unbiased pass@k, mean over problems; [low, high] is a 95 % interval at each k by itself, from ${resamples} resamples of the problems.`;
  return [
    name === null ? head : `== ${name} ==\n${head}`,
    ...models.map(modelText),
    ...comparisons.map(comparisonText),
    ...unjoined.map((name) => `${name} has no problem that the base has: it is not compared`),
  ];
}

/** What is told of a set of problems; its name is null where there are no others. */
interface TellsOfSet {
  name: string | null;
  analysis: Analysis;
}

/** What analyses say, for reading in a terminal. */
export function report(
  read: readonly Read[],
  { names, notes }: Called,
  sets: readonly TellsOfSet[],
): string {
  return [
    [
      ...read.flatMap(({ file, reading: { format, choices, notes } }, i) => [
        `${file}: ${format}, ${names[i]!.join(', ')}`,
        ...choices.map(({ key, label, value }) => `  ${label}: ${value} (--choose ${key}=…)`),
        ...notes.map((note) => `  ${note}`),
      ]),
      ...notes,
    ].join('\n'),
    ...sets.flatMap(setText),
    SHOWS_NOT,
  ].join('\n\n');
}
