import { measureNamed } from '../../run/studies/measures.ts';
import { verdictOf, type Verdict } from '../../run/studies/verdicts.ts';
import type { RecordedStudy } from '../../run/studies/recorded.ts';
import { showInterval, showNumber } from '../../run/studies/shown.ts';
import * as TEXT from '../../messages/studies.ts';
import type { Study } from '../../run/studies/study.ts';

/** What a paper reports and what the toy shows, in words. */
export interface PaperLine {
  says: string;
  source: string;
  /** Of the paper on arXiv, where the source names it. */
  href: string | null;
  there: string;
  here: string;
  /** The measured difference, with what it is of; empty where there is no number. */
  size: string;
  kind: Verdict['kind'];
  verdict: string;
  /** Why the sign is another one, or cannot be told; empty where nothing is to be said. */
  reason: string;
}

/** A difference in words; `null` where a run has no such number. */
const signWords = (sign: 1 | -1 | 0 | null): string =>
  ({ '1': '+', '-1': '−', '0': TEXT.noDifference, null: TEXT.noNumber })[`${sign}`];

/** The address of the first arXiv paper that a source names, such as `arXiv 2504.13837`. */
export function arxivOf(source: string): string | null {
  const id = /arXiv[: ](\d{4}\.\d{4,5})/i.exec(source)?.[1];
  return id === undefined ? null : `https://arxiv.org/abs/${id}`;
}

function reasonOf({ kind, paper, room }: Verdict): string {
  if (kind === 'differs') return paper.why ?? '';
  if (kind !== 'cannot') return '';
  if (paper.cannot !== undefined || !room) return paper.cannot ?? '';
  return (paper.sign > 0 ? TEXT.noRoomAbove : TEXT.noRoomBelow)({
    from: showNumber(room.from, 3),
    left: showNumber(room.left, 3),
  });
}

/** The lines of a study's papers, in their order. */
export function paperLines({ papers }: Study, { arms }: RecordedStudy): PaperLine[] {
  return papers.map((paper) => {
    const verdict = verdictOf(paper, arms);
    const { claim, sign, kind } = verdict;
    const { label, digits } = measureNamed(paper.measure);
    const { mean, half } = claim;
    return {
      says: paper.says,
      source: paper.source,
      href: arxivOf(paper.source),
      there: signWords(paper.sign),
      here: signWords(sign),
      size: mean === null ? '' : `${label}: ${signed(showInterval({ mean, half }, digits))}`,
      kind,
      verdict: TEXT[kind],
      reason: reasonOf(verdict),
    };
  });
}

/** With a plus before what rises. */
const signed = (text: string): string => (/^(−|0(\.0*)?( |$))/.test(text) ? text : `+${text}`);
