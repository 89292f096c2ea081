import type { AlgorithmName } from '../../rl/algorithms.ts';
import type { RunSettings, SettingKey } from '../../run/table.ts';
import type { ChapterName } from './texts.ts';

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

/** A curve to be drawn before it is known. */
export interface CurveQuestion {
  kind: 'curve';
  over: Over;
  /** Where the reader draws, in ascending order. */
  handles: readonly number[];
  /** The y axis goes from 0 to here. */
  yMax: number;
  /** Whether the first handle stands where the base is, and stays there. */
  pinned?: boolean;
  asked: LineSpec;
  /** Seen while the reader draws. */
  given: readonly LineSpec[];
  /** Seen only with the answer. */
  revealed: readonly LineSpec[];
  /** What else the answer of a live run has: where it crosses the base, or what a benchmark would estimate. */
  adds?: 'crossing' | 'estimates';
}

/** Numbers that a question can ask for, each of 100. */
export type Count = 'accepted' | 'lost' | 'same sign';

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

export type Question = CurveQuestion | CountQuestion | ArmsQuestion;

/** A number of a recorded study in the prose: the mean over seeds, with its interval where there is one. */
export interface NumberSpec {
  study: string;
  arm: string;
  measure: string;
  /** At the end of training unless it is of the base, or after so many steps. */
  when?: 'base' | number;
}

/** What a chapter shows beside a question that is no curve. */
export type Picture = 'answers' | 'moved' | 'choices' | 'findings' | null;

export interface Chapter {
  /** In the address. */
  name: ChapterName;
  /** What answers the question: a run made here and now, a recorded study, a formula, or the findings of papers beside all recorded studies. */
  answeredBy: 'run' | 'study' | 'formula' | 'papers';
  /** The recorded study that is shown, where one is. */
  study?: string;
  /** Of the live run, on top of the defaults: that of the question, or the one to begin with in the sandbox. */
  settings: Partial<RunSettings>;
  question: Question;
  picture: Picture;
  /** The equation beside the prose. */
  equation: EquationName | null;
  /** Numbers that stand in the text after the answer, by their place. */
  numbers: Readonly<Record<string, NumberSpec>>;
  /** Claims of recorded studies that are told with the answer, each by its place in the study's list. */
  claims: readonly { study: string; index: number }[];
  /** What the reader's own run adds to the figure; null where it adds to the picture, or nothing. */
  own: RunLine | null;
  /** What can be turned in the sandbox. */
  sandbox: readonly SettingKey[];
}

export type EquationName =
  | 'reward'
  | 'pass-at-k'
  | 'objective'
  | 'crossing'
  | 'entropy'
  | 'advantage'
  | 'weight'
  | 'power'
  | 'distillation';
