import { crossingText, say, type Text } from '../../text/words.ts';
import type { CheckedFinding, Finding, Outcome } from '../../run/findings.ts';
import * as FINDINGS_TEXT from '../../messages/findings.ts';
import { REFERENCES } from './references.ts';

/** Outcomes that are told in words of their own. */
const OUTCOMES_OF: Readonly<Partial<Record<string, Partial<Record<Outcome, Text>>>>> =
  FINDINGS_TEXT.outcomesOf;

/** Where the bar of a scale begins and ends; `all` problems are evaluated. */
const ENDS: Record<Finding['scale'], (all: number) => readonly [number, number]> = {
  share: () => [0, 1],
  nats: () => [0, 2],
  lead: () => [-1, 1],
  problems: (all) => [0, all],
};

/** The arXiv number of the first paper that a source names, such as `Wu et al. 2025`; two of one year by a name in brackets. */
function arXivOf(source: string): string | undefined {
  const [, name, year, short = ''] = /^(\w+) et al\. (\d{4})(?: \((\w+)\))?/.exec(source) ?? [];
  return REFERENCES.find(
    (each) =>
      each.authors.startsWith(`${name} `) &&
      `${each.year}` === year &&
      each.title.startsWith(short),
  )?.arXiv;
}

/** The two numbers of a finding as they are shown; null where one of them is none. */
function numbersOf({ finding: { digits }, reading }: CheckedFinding): string | null {
  if (reading === null || !Number.isFinite(reading.before) || !Number.isFinite(reading.now))
    return null;
  // No minus before a rounded zero, and a true one before what is less.
  const shown = (value: number): string =>
    (Number(value.toFixed(digits)) + 0).toFixed(digits).replace('-', '−');
  return FINDINGS_TEXT.numbers({ before: shown(reading.before), now: shown(reading.now) });
}

/** A finding as a row of the table; `first` is what an earlier run had of it, to stand beside this one. */
export function findingRow(found: CheckedFinding, problems: number, first: CheckedFinding | null) {
  const { name, finding, reading, outcome } = found;
  const [from, to] = ENDS[finding.scale](problems);
  const { says, source, measure } = FINDINGS_TEXT.papers[name];
  const numbers = numbersOf(found);
  const at = (value: number): number =>
    100 * Math.min(1, Math.max(0, (value - from) / (to - from)));
  const k = reading?.k ?? null;
  return {
    ...{ name, outcome, from, to, source },
    says,
    arXiv: arXivOf(source),
    measure: say(measure, { n: problems }),
    /** Of the two numbers on the bar, in percent of its length. */
    places: numbers === null ? null : [at(reading!.before), at(reading!.now)],
    numbers: numbers ?? '–',
    verdict: say(OUTCOMES_OF[name]?.[outcome] ?? FINDINGS_TEXT.outcomes[outcome], {
      k: k === null ? '' : crossingText(k),
    }),
    was: first
      ? FINDINGS_TEXT.first({
          numbers: numbersOf(first) ?? '',
          mark: FINDINGS_TEXT.outcomes[first.outcome].slice(0, 1),
        })
      : '',
  };
}
