import type { DomainChoice } from '../experiments/domains.ts';
import type { FinaleName } from '../experiments/finales.ts';
import type { TeacherKeep } from '../experiments/teacherKeeps.ts';
import type { ExperimentName } from '../experiments/experiments.ts';
import type { EngineKind } from '../policy/policy.ts';
import type { AlgorithmName } from '../rl/algorithms.ts';
import type { AlgorithmChoices } from '../rl/choices.ts';
import type { VerifierName } from '../rl/verifiers.ts';
import type { Prior } from '../tasks/prior.ts';

/** Tasks as the page offers them; Countdown comes in two sizes. */
export type TaskFamily = 'countdown' | 'countdown-steps' | 'maze' | 'programs' | 'mixed';

/** The values of all settings of a run. */
export interface RunSettings extends AlgorithmChoices {
  task: TaskFamily;
  size: '3' | '4';
  prior: Prior;
  rarity: number;
  experiment: ExperimentName;
  warmSteps: number;
  sftWeight: number;
  teacherAnswers: number;
  teacherKeep: TeacherKeep;
  generationSteps: number;
  generationAnswers: number;
  staleness: number;
  hintShare: number;
  population: number;
  sigma: number;
  verifier: VerifierName;
  judgeAnswers: number;
  domains: DomainChoice;
  trainSizeMin: number;
  trainSizeMax: number;
  trainPMin: number;
  trainPMax: number;
  trainProblems: number;
  beyondShare: number;
  algorithm: AlgorithmName;
  seed: number;
  steps: number;
  lr: number;
  prompts: number;
  groupSize: number;
  maxGradNorm: number;
  temperature: number;
  evalEvery: number;
  evalProblems: number;
  evalSamples: number;
  evalTemperature: number;
  evalTopP: number;
  klSamples: number;
  answerProblems: number;
  finale: FinaleName;
  alpha: number;
  blocks: number;
  chains: number;
  base: 'shipped' | 'live';
  baseSeed: number;
  pretrainSteps: number;
  correctFraction: number;
  demonstratedSize: number;
  pretrainLr: number;
  width: number;
  engine: 'auto' | EngineKind;
}

export type SettingKey = keyof RunSettings;

export type SettingGroup = 'run' | 'algorithm' | 'evaluation' | 'base';

interface SettingText {
  key: SettingKey;
  /** Its name on the command line (`--group-size`) and in the permalink (`group-size=`). */
  flag: string;
  label: string;
  /** One sentence for a tooltip and for `--help`. */
  help: string;
  /** Where the page shows it. */
  group: SettingGroup;
}

export interface ChoiceSetting extends SettingText {
  kind: 'choice';
  choices: readonly { value: string; label: string; help?: string | undefined }[];
  default: string;
}

export interface NumberSetting extends SettingText {
  kind: 'number';
  integer: boolean;
  min: number;
  max: number;
  default: number;
}

export type Setting = ChoiceSetting | NumberSetting;
