import { settingsOver } from '../settings.ts';
import type { RunSettings } from '../table.ts';

/** What an arm is in its comparison; the page gives each role one colour in every figure. */
export type ArmRole = 'base' | 'now' | 'distilled' | 'teacher' | 'control' | 'chance' | 'other';

/** One way of training that is compared with the others. */
export interface StudyArm {
  id: string;
  label: string;
  role: ArmRole;
  /** In a figure over a setting: the line that it is a point of, in words; one line of all arms unless given. */
  line?: string;
  /** On top of the study's settings. */
  settings: Partial<RunSettings>;
  /** What its sampled answers are of, where its exact numbers are of something else: a chain, and its target. */
  drawn?: string;
}

/** A figure as data: what stands on which axis. Measures are names of `measureNamed`. */
export type FigureSpec =
  /** Mean pass@k of every arm over k, beside its base and chance; `sound` adds that of answers whose steps are all valid. */
  | { kind: 'passAtK'; sound?: true }
  /** Every arm a point with its intervals. */
  | { kind: 'plane'; x: string; y: string }
  /** A measure over the steps of training, or over the moves of chains; `beside` is one that it is held against, dashed. */
  | {
      kind: 'overSteps';
      measure: string;
      beside?: string;
      over?: 'steps' | 'moves';
      /** Those that are drawn; all unless given. */
      arms?: readonly string[];
    }
  /**
   * A measure at the end over a numeric setting in which the arms differ. On a logarithmic axis 0 has no place, unless
   * `withZero` gives it one beside the others.
   */
  | {
      kind: 'overSetting';
      measure: string;
      setting: keyof RunSettings;
      logarithmic?: boolean;
      withZero?: true;
    }
  /** A measure over the x of the points of `finale`. */
  | { kind: 'finale'; measure: string };

/** Which point of a run's finale is meant: the only one with this x, this `of` and this top-p, as far as they are given. */
export interface FinalePlace {
  x?: number;
  of?: string;
  topP?: number;
}

/** Where in a run a number is read: at the policy that it began with, or at a point of its finale. */
export type RunPlace = 'base' | FinalePlace;

/** What can stand for an arm: of all arms the one with the most or the least, seed by seed. */
export const EXTREMES = { highest: Math.max, lowest: Math.min } as const;

/** What is compared, seed by seed: `arm` less `against`, each at its end unless another place is given. */
export interface ClaimSpec {
  measure: string;
  /** An arm's id, or a name of {@link EXTREMES}. */
  arm: string;
  /**
   * Another arm's id, 'base' for the policy that the arm itself began with, 'chance' for uniformly random tokens on its
   * problems, or null for the number as it is.
   */
  against: string | null;
  at?: RunPlace;
  /** Where in the runs of the arm `against`. */
  from?: RunPlace;
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
  /** Why the toy has another sign, where it has. */
  why?: string;
  /** Why the toy could not have shown what the paper reports, or its opposite: then it is evidence of neither. */
  cannot?: string;
}

/** A comparison as data: everything that decides its runs, and what is read off them. */
export interface Study {
  /** Names the recorded file and the markers in the documents. */
  name: string;
  title: string;
  question: string;
  /** Shared by all arms, on top of the defaults of the task and the algorithm. */
  settings: Partial<RunSettings>;
  arms: readonly StudyArm[];
  /** Chosen before the first run; none is left out. */
  seeds: readonly number[];
  /** A run's seed is that of its base too, where the base is pretrained for it: both vary together. */
  seedsBase?: true;
  figure: FigureSpec;
  /** Shown below it. */
  more?: readonly FigureSpec[];
  /** Columns of the study's table. */
  measures: readonly string[];
  claims: readonly ClaimSpec[];
  papers: readonly PaperSpec[];
  /** Why the toy and the papers may differ. */
  why: string;
}

/** The seeds of every study, chosen before the first run. */
export const STUDY_SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] as const;

/** All settings of an arm's run with a seed, over the defaults of its task and algorithm. */
export function settingsOf(study: Study, arm: StudyArm, seed: number): RunSettings {
  const settings = settingsOver({ ...study.settings, ...arm.settings, seed });
  return study.seedsBase && settings.base === 'live' ? { ...settings, baseSeed: seed } : settings;
}
