import type { Series } from '../../plots/series.ts';
import { STUDIES, studyNamed } from '../../run/studies/catalogue.ts';
import type { RecordedStudy } from '../../run/studies/recorded.ts';
import type { RunSettings } from '../../run/table.ts';
import { paperLines, type PaperLine } from '../studies/paperLines.ts';
import { recordedNames, recordedStudy } from '../studies/recordedStudies.ts';
import { cameOut, judgingOf, type CameOut, type Judging } from './cameOut.ts';
import { SERIES_OF, type TermName } from './glossary.ts';
import { studiesOf, type Chapter, type LineSpec } from './chapter.ts';
import { runLine, studyLine, weightLine, type RunFacts } from './lines.ts';
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
  /** What came out, once it is told. */
  came = $state.raw<CameOut | null>(null);
  papers = $state.raw<readonly PaperGroup[]>([]);
  /** Recorded studies that have been read, by name. */
  studies = $state.raw<ReadonlyMap<string, RecordedStudy>>(new Map());
  reading = $state.raw<{ done: number; all: number } | null>(null);
  problem = $state<string | null>(null);
  /** The x that the prose or the pointer points at. */
  cursor = $state<number | null>(null);
  /** The coloured word of the prose that is pointed at. */
  #pointed = $state<TermName | null>(null);
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

  /** What is to be judged, or was; null before the base has answered. */
  judging = $derived.by((): Judging | null => {
    const { question } = this.chapter;
    if (this.came) return this.came.judging;
    return question.kind === 'judge' && this.isOwnRun()
      ? judgingOf(this.facts, question, this.judged)
      : null;
  });
  hasGuess = $derived.by(() => {
    if (this.chapter.question.kind !== 'judge') return this.drawn !== null || this.chosen !== null;
    return this.judging?.answers.every(({ said }) => said !== null) ?? false;
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
    else this.ask();
  }

  /** Has the base answer what is to be judged, which has to be there before. */
  ask(): void {
    if (this.chapter.question.kind === 'judge' && !this.isMade) this.story.run.start();
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
    this.judged = this.judging!.answers.map((each, i) => (i === index ? said : each.said));
    this.story.keep({ judged: [...this.judged] });
  }

  /** Asks anew. */
  predictAgain(): void {
    this.stage = 'predict';
    this.came = this.drawn = this.chosen = this.problem = this.cursor = null;
    this.judged = [];
    this.story.keep({ drawn: undefined, chosen: undefined, judged: undefined, seen: undefined });
    this.story.run.enter(this.settings);
    this.ask();
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
    this.came = cameOut(this);
    // The figure is read where the sentence speaks of it.
    const { question } = this.chapter;
    if (question.kind === 'curve' && question.over === 'k') this.cursor = question.decides;
    this.stage = 'seen';
    this.story.keep({ seen: true });
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

  /** Reads studies into {@link studies}, as far as they can be had; false where one could not. */
  async #read(names: readonly string[]): Promise<boolean> {
    const read = await Promise.allSettled(
      names.map(async (name) => [name, await recordedStudy(studyNamed(name))] as const),
    );
    const found = read.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    this.studies = new Map([...this.studies, ...found]);
    const failed = read.find((each) => each.status === 'rejected');
    if (failed) this.problem = (failed.reason as Error).message;
    return !failed;
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
