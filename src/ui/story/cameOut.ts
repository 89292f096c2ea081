import { crossingK } from '../../core/passAtK.ts';
import { mean } from '../../core/statistics.ts';
import type { TrainRow } from '../../experiments/train.ts';
import type { Marked, Series } from '../../plots/series.ts';
import { checkFindings, type CheckedFinding } from '../../run/findings.ts';
import { armOutcomes, armsBase, lostOf, type ArmOutcome } from './answers.ts';
import type { RecordedStudy } from '../../run/studies/recorded.ts';
import type { PaperLine } from '../studies/paperLines.ts';
import type { Chapter, JudgeQuestion } from './chapter.ts';
import { drawingOf, linesOf, type Drawing, type DrawnChapter } from './drawing.ts';
import { judgedAnswers, type JudgedAnswer } from './judged.ts';
import { crossingMark, type RunFacts } from './lines.ts';
import { shapeOf, type ShapeName } from './shapes.ts';

/** A problem with answers that a reader judges. */
export interface Judging {
  task: RunFacts['settings']['task'];
  problem: string;
  answers: readonly JudgedAnswer[];
  /** The share of all answers to all problems that is right. */
  accepted: number;
}

/** What a run has changed, as so many of 100. */
export interface RunNumbers {
  one: readonly [before: number, now: number];
  many: readonly [before: number, now: number];
  crossing: number | null;
  lost: number;
  gained: number;
}

/** What came out of a question, kept while the sandbox makes other runs. */
export interface CameOut {
  /** The curve that was asked for, and what stands beside it; no guess without a prediction. */
  line: Series | null;
  guess: Drawing | null;
  lines: readonly Series[];
  mark: Marked | null;
  shape: ShapeName | null;
  count: number | null;
  arms: readonly ArmOutcome[];
  /** What all arms begin with. */
  armsBase: number | null;
  judging: Judging | null;
  /** How the run stands to the findings of papers. */
  findings: readonly CheckedFinding[] | null;
  numbers: RunNumbers | null;
}

/** Of an open chapter what its answer is made of. */
interface AnsweredChapter extends DrawnChapter {
  readonly chapter: Chapter;
  readonly facts: RunFacts;
  readonly judging: Judging | null;
  readonly papers: readonly { lines: readonly PaperLine[] }[];
  readonly studies: ReadonlyMap<string, RecordedStudy>;
}

/** What stands on screen as the answer to the question of a chapter, when it is told. */
export function cameOut(open: AnsweredChapter): CameOut {
  const { chapter, facts, papers, isMade, judging } = open;
  const { question } = chapter;
  const came: CameOut = {
    ...{ line: null, guess: null, lines: [], mark: null, shape: null },
    ...{ count: null, arms: [], armsBase: null },
    judging,
    findings: chapter.picture === 'findings' && isMade ? checkFindings(facts) : null,
    numbers: isMade ? numbersOf(facts.rows) : null,
  };
  switch (question.kind) {
    case 'curve':
    case 'shape':
      came.line = open.line(question.asked);
      came.lines = linesOf(open, [...question.given, ...question.revealed]);
      if (question.adds === 'crossing') came.mark = crossingMark(facts);
      if (question.kind === 'shape') came.shape = shapeOf(came.line!.points);
      else if (open.drawn !== null) came.guess = drawingOf(open, question);
      break;
    case 'arms': {
      const recorded = open.studies.get(chapter.study!)!;
      came.arms = armOutcomes(question, recorded);
      came.armsBase = armsBase(question, recorded);
      break;
    }
    case 'count': {
      const found = papers.flatMap((group) => group.lines);
      came.count =
        question.count === 'lost'
          ? (came.numbers?.lost ?? null)
          : (100 * found.filter(({ kind }) => kind === 'same').length) / found.length;
      break;
    }
    case 'judge':
  }
  return came;
}

/** The first answers of the base to one problem, with what the reader has said of each; null before they are there. */
export function judgingOf(
  { rows, settings }: RunFacts,
  { answers }: JudgeQuestion,
  said: readonly (boolean | null)[],
): Judging | null {
  const row = rows.find(({ group }) => group);
  if (!row?.group || !row.heldOut) return null;
  return {
    task: settings.task,
    problem: row.group.problem,
    answers: judgedAnswers(row.group, answers, said),
    accepted: mean(row.heldOut.p),
  };
}

/** What a run has changed up to its last evaluation; null before its first step. */
export function numbersOf(rows: readonly TrainRow[]): RunNumbers | null {
  const [first, last] = [rows[0]?.heldOut, rows.findLast(({ heldOut }) => heldOut)];
  if (!first || !last?.heldOut || last.step === 0) return null;
  const { passAt, p } = last.heldOut;
  const fromTo = (k: string): readonly [number, number] => [
    100 * first.passAt[k]!,
    100 * passAt[k]!,
  ];
  return {
    one: fromTo('1'),
    many: fromTo('256'),
    crossing: crossingK(first.p, p, 1024),
    lost: lostOf(last) ?? 0,
    gained: (100 * (last.solvable?.rlOnly ?? 0)) / p.length,
  };
}
