import type { Marked, Series } from '../../plots/series.ts';
import { STUDIES, studyNamed } from '../../run/studies/catalogue.ts';
import type { RecordedStudy } from '../../run/studies/recorded.ts';
import type { RunSettings } from '../../run/table.ts';
import { paperLines, type PaperLine } from '../studies/paperLines.ts';
import { recordedNames, recordedStudy } from '../studies/recordedStudies.ts';
import { armOutcomes, lostOf, type ArmOutcome } from './answers.ts';
import { SERIES_OF, type TermName } from './glossary.ts';
import { studiesOf, type Chapter, type LineSpec } from './chapter.ts';
import { checkFindings, type CheckedFinding } from '../../run/findings.ts';
import { drawingOf, linesOf, type Drawing } from './drawing.ts';
import { judgedAnswers, type JudgedAnswer } from './judged.ts';
import { crossingMark, runLine, studyLine, weightLine, type RunFacts } from './lines.ts';
import { shapeOf, type ShapeName } from './shapes.ts';
import type { Story } from './story.svelte.ts';

/** The findings of a study's papers beside its numbers. */
export interface PaperGroup {
  name: string;
  title: string;
  why: string;
  lines: PaperLine[];
}

/** One chapter while it is open: predicted, run, revealed. */
export class ChapterState {
  stage = $state<'predict' | 'running' | 'seen'>('predict');
  /** The y of each handle; null until the reader has moved one. */
  drawn = $state.raw<readonly number[] | null>(null);
  chosen = $state<number | null>(null);
  /** What the reader says of each answer; null of one that is not judged yet. */
  judged = $state.raw<readonly (boolean | null)[]>([]);
  /** What came out, kept while the sandbox makes other runs. */
  outcome = $state.raw<Series | null>(null);
  count = $state<number | null>(null);
  arms = $state.raw<readonly ArmOutcome[] | null>(null);
  shape = $state<ShapeName | null>(null);
  /** How the first run stands to the findings of papers. */
  firstFindings = $state.raw<readonly CheckedFinding[] | null>(null);
  papers = $state.raw<readonly PaperGroup[]>([]);
  /** Recorded studies that have been read, by name. */
  studies = $state.raw<ReadonlyMap<string, RecordedStudy>>(new Map());
  reading = $state.raw<{ done: number; all: number } | null>(null);
  problem = $state<string | null>(null);
  /** The x that the prose or the pointer points at. */
  cursor = $state<number | null>(null);
  /** The coloured word of the prose that is pointed at. */
  #pointed = $state<TermName | null>(null);
  /** What stands beside the answer, kept with it; `guess` is null without a prediction. */
  beside = $state.raw<{
    guess: Drawing | null;
    lines: readonly Series[];
    mark: Marked | null;
  } | null>(null);
  #isLeft = false;
  #concludes = false;

  readonly settings: RunSettings;
  /** Whether the run of the question is made. */
  isMade = $derived.by(() => {
    const { live } = this.story.run;
    // Rows come with the next frame, after the word that they are all.
    const hasAll = live.rows.length > 0 && live.step >= live.settings.steps;
    return live.phase.kind === 'finished' && hasAll && this.isOwnRun();
  });
  /** Whether all is there that a running answer waits for; where a run fails, what was recorded is told without it. */
  isAnswered = $derived.by(() => {
    if (this.stage !== 'running') return false;
    if (this.chapter.answeredBy === 'run') return this.isMade;
    const isOver = this.isMade || this.story.run.live.phase.kind === 'failed';
    return this.papers.length > 0 && this.reading === null && isOver;
  });
  facts = $derived.by((): RunFacts => {
    const { live, playground } = this.story.run;
    const { entryP } = playground.figures;
    return {
      rows: live.rows,
      baseP: live.rows[0]?.heldOut?.p ?? entryP?.slice(0, live.settings.evalProblems) ?? null,
      chanceP: live.problems?.chanceP ?? null,
      settings: live.settings,
    };
  });

  hasGuess = $derived(
    this.drawn !== null || this.chosen !== null || this.judged.some((said) => said !== null),
  );
  /** The answers that are to be judged; none before the base has given them. */
  answers = $derived.by((): JudgedAnswer[] => {
    const { question } = this.chapter;
    const group = this.facts.rows.find((row) => row.group)?.group;
    return question.kind === 'judge' && group
      ? judgedAnswers(group, question.answers, this.judged)
      : [];
  });

  constructor(
    readonly story: Story,
    readonly chapter: Chapter,
  ) {
    this.settings = story.settingsOf(chapter);
    const { drawn = null, chosen = null, judged = [], seen } = story.done(chapter.name);
    this.drawn = drawn;
    this.chosen = chosen;
    this.judged = judged;
    if (chapter.study !== undefined) void this.#read([chapter.study]);
    // Who has seen the answer finds it again: the same seed makes the same run.
    if (seen) void this.reveal();
    // What is judged has to be there first.
    else if (chapter.question.kind === 'judge' && !this.isMade) story.run.start();
  }

  /** Whether the run on screen has the settings of the chapter, and not of its sandbox. */
  isOwnRun(): boolean {
    return this.story.run.is(this.settings);
  }

  pointAt(term: TermName | null): void {
    this.#pointed = term !== null && SERIES_OF[term] ? term : null;
  }

  /** The lines or bars of a figure; where one of them is what is pointed at, the others are dimmed. */
  emphasised<L extends { label: string; color: string }>(
    lines: readonly L[],
  ): (L & { isDimmed?: boolean })[] {
    const term = this.#pointed;
    const isMeant = ({ label, color }: L): boolean =>
      label === term || (term !== null && color === SERIES_OF[term]);
    return lines.some(isMeant)
      ? lines.map((line) => ({ ...line, isDimmed: !isMeant(line) }))
      : [...lines];
  }

  leave(): void {
    this.#isLeft = true;
  }

  draw(values: readonly number[]): void {
    this.drawn = values;
    this.story.keep({ drawn: [...values] });
  }

  choose(index: number): void {
    this.chosen = index;
    this.story.keep({ chosen: index });
  }

  judge(index: number, said: boolean): void {
    this.judged = this.answers.map((each, i) => (i === index ? said : each.said));
    this.story.keep({ judged: [...this.judged] });
  }

  /** Asks anew; what was answered is seen already. */
  predictAgain(): void {
    this.stage = 'predict';
    this.drawn = this.chosen = this.outcome = this.beside = null;
    this.judged = [];
    this.story.keep({ drawn: undefined, chosen: undefined, judged: undefined });
    this.story.run.enter(this.settings);
  }

  /** Answers the question, as the chapter says. */
  async reveal(): Promise<void> {
    this.problem = null;
    this.stage = 'running';
    await this.#answers[this.chapter.answeredBy]();
  }

  /** Ends what `reveal` has begun. */
  cancel(): void {
    this.reading = null;
    this.stage = 'predict';
  }

  readonly #answers: Record<Chapter['answeredBy'], () => void | Promise<void>> = {
    run: () => {
      if (!this.isMade) this.story.run.start();
    },
    study: async () => {
      if (await this.#read([this.chapter.study!])) await this.conclude();
      else this.cancel();
    },
    formula: () => this.conclude(),
    papers: async () => {
      if (this.papers.length === 0) await this.#readPapers();
      const isWanted = !this.#isLeft && this.stage === 'running';
      if (isWanted && !this.isMade) this.story.run.start();
    },
  };

  /** Keeps what came out, with the recorded numbers that are told beside it: all of it is there at once, or nothing. */
  async conclude(): Promise<void> {
    if (this.#concludes) return;
    this.#concludes = true;
    await this.#read(studiesOf(this.chapter));
    this.#concludes = false;
    if (this.#isLeft || this.stage !== 'running') return;
    const { question } = this.chapter;
    if (question.kind === 'curve' || question.kind === 'shape') {
      const drawing = question.kind === 'curve' ? drawingOf(this, question) : null;
      const lines = linesOf(this, [...question.given, ...question.revealed]);
      const guess = this.drawn === null ? null : drawing;
      const mark = question.adds === 'crossing' ? crossingMark(this.facts) : null;
      this.beside = { guess, lines, mark };
      this.outcome = this.line(question.asked);
    }
    if (question.kind === 'shape') this.shape = shapeOf(this.outcome!.points);
    if (question.kind === 'arms')
      this.arms = armOutcomes(question, this.studies.get(this.chapter.study!)!);
    if (question.kind === 'count' && question.count === 'lost') this.count = this.lostNow();
    else if (question.kind === 'count') {
      const lines = this.papers.flatMap((group) => group.lines);
      this.count = (100 * lines.filter(({ kind }) => kind === 'same').length) / lines.length;
    }
    if (this.chapter.picture === 'findings' && this.isMade)
      this.firstFindings = checkFindings(this.facts);
    this.stage = 'seen';
    this.story.keep({ seen: true });
  }

  /** Of 100 problems, how many the run on screen has lost; null before it has been evaluated. */
  lostNow(): number | null {
    const row = this.facts.rows.findLast(({ heldOut }) => heldOut);
    return row ? lostOf(row) : null;
  }

  /** A line of the figure; null where what it is read from is not there yet. */
  line(spec: LineSpec): Series | null {
    const { question } = this.chapter;
    if (spec.of === 'run') return runLine(spec.line, this.facts);
    if (spec.of === 'weight') return weightLine(spec, this.settings);
    const recorded = this.studies.get(this.chapter.study ?? '');
    if (!recorded || question.kind !== 'curve' || question.over === 'p') return null;
    return studyLine(question.over, spec, studyNamed(this.chapter.study!), recorded);
  }

  /** Reads studies into {@link studies}; false where one could not be had. */
  async #read(names: readonly string[]): Promise<boolean> {
    try {
      const found = await Promise.all(
        names.map(async (name) => [name, await recordedStudy(studyNamed(name))] as const),
      );
      this.studies = new Map([...this.studies, ...found]);
      return true;
    } catch (error) {
      this.problem = (error as Error).message;
      return false;
    }
  }

  /** One after another, so that none holds up the page. */
  async #readPapers(): Promise<void> {
    const names = await recordedNames();
    const wanted = STUDIES.filter(
      ({ name, papers }) => papers.length > 0 && (names === null || names.includes(name)),
    );
    const groups: PaperGroup[] = [];
    for (const [done, study] of wanted.entries()) {
      if (this.#isLeft || this.stage !== 'running') return;
      this.reading = { done, all: wanted.length };
      try {
        const { name, title, why } = study;
        groups.push({ name, title, why, lines: paperLines(study, await recordedStudy(study)) });
      } catch (error) {
        this.problem = (error as Error).message;
      }
    }
    this.reading = null;
    this.papers = groups;
    if (groups.length === 0) this.cancel();
  }
}
