import { chapters } from '../../messages/chapters.ts';
import type { AlgorithmName } from '../../rl/algorithms.ts';
import { mean } from '../../core/statistics.ts';
import { shownNumber, valuesOf, type NumberSpec } from '../../run/studies/numbers.ts';
import type { RecordedStudy } from '../../run/studies/recorded.ts';
import type { RunSettings, SettingKey } from '../../run/table.ts';
import type { Text } from '../../text/words.ts';

export type ChapterName = keyof typeof chapters;

/** What a curve is drawn over. Steps are told as shares of the run's length. */
export type Over = 'k' | 'step' | 'p' | 'problems';

/** Lines that a live run has. */
export type RunLine =
  | 'base'
  | 'now'
  | 'chance'
  | 'pass@1'
  | 'sound pass@1'
  | 'entropy'
  /** pass@256 on the training problems, at their number. */
  | 'trained on';

/** Where a line comes from: the live run, an arm of a recorded study, or a formula. */
export type LineSpec =
  | { of: 'run'; line: RunLine }
  /** `arm` is a line of the study's figure, such as `base grpo`; over anything but k it has a measure. In its own colour unless given. */
  | { of: 'study'; arm: string; measure?: string; color?: string }
  /** w(p) of an algorithm, or of the one that the reader has chosen. */
  | { of: 'weight'; algorithm: AlgorithmName | 'chosen' };

/** The figure of a curve: what is asked of it, and what stands beside the answer. */
interface Curve {
  over: Over;
  /** The y axis goes from 0 to here. */
  yMax: number;
  asked: LineSpec;
  /** Seen while the reader guesses. */
  given: readonly LineSpec[];
  /** Seen only with the answer. */
  revealed: readonly LineSpec[];
  /** What else the answer of a live run has: where it crosses the base, or what a benchmark would estimate. */
  adds?: 'crossing' | 'estimates';
}

/** A curve to be drawn before it is known. */
export interface CurveQuestion extends Curve {
  kind: 'curve';
  /** Where the reader draws, in ascending order. */
  handles: readonly number[];
  /** The handle at which drawing and answer are held against each other in words. */
  decides: number;
  /** The first handle stands where one try of these is, and stays there. */
  pinned?: 'base' | 'now';
  /** Whether it cannot fall, as pass@k over k. */
  rises?: boolean;
}

/** A curve that nobody could draw: its shape is chosen among sketches. */
export interface ShapeQuestion extends Curve {
  kind: 'shape';
}

/** Of so many answers of the base to one problem, which are right. */
export interface JudgeQuestion {
  kind: 'judge';
  answers: number;
}

/** Numbers that a question can ask for, each of 100. */
export type Count = 'lost' | 'same sign';

/** A number of 100, chosen among neighbouring ranges. */
export interface CountQuestion {
  kind: 'count';
  count: Count;
  /** From 0 to 100; each pair of neighbours is a choice. */
  edges: readonly number[];
}

/** Which arm of the chapter's study has the highest measure at the end. */
export interface ArmsQuestion {
  kind: 'arms';
  arms: readonly string[];
  measure: string;
}

export type Question = CurveQuestion | ShapeQuestion | CountQuestion | ArmsQuestion | JudgeQuestion;

/** A number of a recorded study in a text: as the study tells it, or as a whole number, of 100 where it is a share. */
export type Place = NumberSpec & { as?: 'of 100' | 'whole' };

export interface Chapter {
  /** In the address. */
  name: ChapterName;
  /** The tour is gone through from its first stop to its last; of the others each stands alone. */
  part: 'tour' | 'deeper';
  /** What answers the question: a run made here and now, a recorded study, a formula, or the findings of papers beside all recorded studies. */
  answeredBy: 'run' | 'study' | 'formula' | 'papers';
  /** The recorded study that is shown, where one is. */
  study?: string;
  /** Of the live run, on top of the defaults: that of the question, or the one to begin with in the sandbox. */
  settings: Partial<RunSettings>;
  question: Question;
  /** What is shown beside a question that is no curve. */
  picture?: 'moved' | 'choices' | 'findings';
  /** Numbers that stand in the text after the answer, by their place. */
  numbers: Readonly<Record<string, Place>>;
  /** Claims that are told with the answer: of each recorded study their places in its list. */
  claims: Readonly<Record<string, readonly number[]>>;
  /** What the reader's own run adds to the figure; none where it adds to the picture, or nothing. */
  own?: RunLine;
  /** What can be turned in the sandbox. */
  sandbox: readonly SettingKey[];
  /** What is told after it: of the tour, or of the whole story. */
  recap?: 'tour' | 'end';
  /** What stands beside the answer and is of no run here: measured of a large model. */
  beside?: 'large';
}

/** The studies that a chapter needs once its answer is told. */
export function studiesOf({ study, numbers, claims }: Chapter): string[] {
  const named = [...Object.values(numbers).map((each) => each.study), ...Object.keys(claims)];
  return [...new Set([...(study === undefined ? [] : [study]), ...named])];
}

/** The values of the places in a chapter's texts; `seeds` is how many the study of the first of them has. */
export const placesOf = (
  { numbers }: Chapter,
  studies: ReadonlyMap<string, RecordedStudy>,
): Record<string, string> => {
  const [first] = Object.values(numbers);
  return {
    ...(first ? { seeds: String(studies.get(first.study)!.seeds.length) } : {}),
    ...Object.fromEntries(
      Object.entries(numbers).map(([place, spec]) => [
        place,
        shownPlace(studies.get(spec.study)!, spec),
      ]),
    ),
  };
};

function shownPlace(recorded: RecordedStudy, spec: Place): string {
  if (!spec.as) return shownNumber(recorded, spec);
  return String(Math.round(mean(valuesOf(recorded, spec)) * (spec.as === 'of 100' ? 100 : 1)));
}

/** The claims that a chapter tells. */
export const claimsOf = ({ claims }: Chapter): { study: string; index: number }[] =>
  Object.entries(claims).flatMap(([study, places]) => places.map((index) => ({ study, index })));

/**
 * What a chapter says. `[name]` or `[name|shown]` is a word of the glossary, `<16|pass@16>` moves the cursor of the
 * figure to that x; the places of `after` and `more` are numbers of recorded studies. No measured number stands in a text.
 */
export interface ChapterTexts {
  title: string;
  first: string;
  second?: string;
  ask: string;
  /** What is said of a guess, by how it turned out; `none` without one. */
  feedback: Readonly<Record<string, Text>>;
  after: Text;
  /** What else there is to say, where somebody asks for it. */
  more: Text;
  figure?: { title?: string; y?: string; caption?: Text; count?: string };
}

export const textsOf = (name: ChapterName): ChapterTexts => chapters[name];
