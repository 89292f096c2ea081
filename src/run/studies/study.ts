import { settingsOver } from '../settings.ts';
import type { RunSettings } from '../table.ts';

/** What an arm is in its comparison; the page gives each role one colour in every figure. */
export type ArmRole = 'base' | 'now' | 'distilled' | 'teacher' | 'control' | 'chance' | 'other';

/** One way of training that is compared with the others. */
export interface StudyArm {
  id: string;
  label: string;
  role: ArmRole;
  /** On top of the study's settings. */
  settings: Partial<RunSettings>;
}

/** A figure as data: what stands on which axis. Measures are names of `measureNamed`. */
export type FigureSpec =
  /** Mean pass@k of every arm over k, beside its base and chance. */
  | { kind: 'passAtK' }
  /** Every arm a point with its intervals. */
  | { kind: 'plane'; x: string; y: string }
  /** A measure over the steps of training. */
  | { kind: 'overSteps'; measure: string }
  /** A measure at the end over a numeric setting in which the arms differ. */
  | { kind: 'overSetting'; measure: string; setting: keyof RunSettings; logarithmic?: boolean }
  /** A measure over the x of the points of `finale`. */
  | { kind: 'finale'; measure: string };

/** Which point of a run's finale is meant: the only one with this x, with this `of`, or with both. */
export interface FinalePlace {
  x?: number;
  of?: string;
}

/** What is compared, seed by seed: `arm` at its end, or at a point of its finale, less `against` at its end. */
export interface ClaimSpec {
  measure: string;
  arm: string;
  /** Another arm's id, 'base' for the policy that the arm itself began with, or null for the number as it is. */
  against: string | null;
  at?: FinalePlace;
  /** In place of `against`: the arm at the second of these steps, less itself at the first. */
  between?: readonly [from: number, to: number];
}

/** What a paper reports of large models, to be held against a claim on the toy. */
export interface PaperSpec extends ClaimSpec {
  /** In our words. */
  says: string;
  source: string;
  /** The sign of the difference there: it rises, falls, or does not change. */
  sign: 1 | -1 | 0;
}

/** A comparison as data: everything that decides its runs, and what is read off them. */
export interface Study {
  /** Names the recorded file and the markers in the README. */
  name: string;
  title: string;
  question: string;
  /** Shared by all arms, on top of the defaults of the task and the algorithm. */
  settings: Partial<RunSettings>;
  arms: readonly StudyArm[];
  /** Chosen before the first run; none is left out. */
  seeds: readonly number[];
  figure: FigureSpec;
  /** Columns of the study's table. */
  measures: readonly string[];
  claims: readonly ClaimSpec[];
  papers: readonly PaperSpec[];
  /** Why the toy and the papers may differ. */
  why: string;
}

/** The seeds of every study, chosen before the first run. */
export const STUDY_SEEDS = [1, 2, 3, 4, 5, 6, 7, 8] as const;

/** All settings of an arm's run with a seed, over the defaults of its task and algorithm. */
export const settingsOf = (study: Study, arm: StudyArm, seed: number): RunSettings =>
  settingsOver({ ...study.settings, ...arm.settings, seed });
