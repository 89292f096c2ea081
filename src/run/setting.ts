import type { DomainChoice } from '../experiments/domains.ts';
import type { FinaleName } from '../experiments/finales.ts';
import type { TeacherKeep } from '../experiments/teacherKeeps.ts';
import type { ExperimentName } from '../experiments/experiments.ts';
import type { AlgorithmName } from '../rl/algorithms.ts';
import type { AlgorithmChoices } from '../rl/choices.ts';
import type { VerifierName } from '../rl/verifiers.ts';
import type { Prior } from '../tasks/prior.ts';
import { STANDARD } from './defaults.ts';

/** Tasks as the page offers them; Countdown comes in two sizes. */
export type TaskFamily = 'countdown' | 'countdown-steps' | 'maze' | 'programs' | 'mixed';

/** The values of all settings of a run. */
export interface RunSettings extends AlgorithmChoices {
  task: TaskFamily;
  size: '3' | '4';
  prior: Prior;
  experiment: ExperimentName;
  warmSteps: number;
  teacherAnswers: number;
  teacherKeep: TeacherKeep;
  generationSteps: number;
  generationAnswers: number;
  verifier: VerifierName;
  judgeAnswers: number;
  domains: DomainChoice;
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
  answerProblems: number;
  finale: FinaleName;
  alpha: number;
  blocks: number;
  chains: number;
  base: 'shipped' | 'live';
  baseSeed: number;
  pretrainSteps: number;
  correctFraction: number;
  pretrainLr: number;
  width: number;
  engine: 'auto' | 'webgl' | 'reference';
}

export type SettingKey = keyof RunSettings;

type SettingGroup = 'run' | 'algorithm' | 'evaluation' | 'base';

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

interface ChoiceSetting extends SettingText {
  kind: 'choice';
  choices: readonly { value: string; label: string; help?: string | undefined }[];
  default: string;
}

interface NumberSetting extends SettingText {
  kind: 'number';
  integer: boolean;
  min: number;
  max: number;
  default: number;
}

export type Setting = ChoiceSetting | NumberSetting;

type NumberKey = {
  [Key in SettingKey]: RunSettings[Key] extends number ? Key : never;
}[SettingKey];
type ChoiceKey = Exclude<SettingKey, NumberKey>;

/** What makes the entries of one group; each has its default from the standard settings. */
export function entriesOf(group: SettingGroup) {
  const numberEntry =
    (integer: boolean) =>
    (
      key: NumberKey,
      flag: string,
      label: string,
      help: string,
      [min, max]: readonly [number, number],
    ): NumberSetting => ({
      kind: 'number',
      key,
      group,
      flag,
      label,
      help,
      integer,
      min,
      max,
      default: STANDARD[key],
    });
  return {
    number: numberEntry(false),
    integer: numberEntry(true),

    /** A choice among the entries of a table, which names each value that the setting can have. */
    choice<Key extends ChoiceKey>(
      key: Key,
      flag: string,
      label: string,
      help: string,
      table: Readonly<Record<RunSettings[Key], { label: string; help?: string }>>,
    ): ChoiceSetting {
      const described: [string, { label: string; help?: string }][] = Object.entries(table);
      // Read when they are shown, since the words of the table may be translated.
      const choices = described.map(([value, row]) => ({
        value,
        get label() {
          return row.label;
        },
        get help() {
          return row.help;
        },
      }));
      return {
        kind: 'choice',
        key,
        group,
        flag,
        label,
        help,
        choices,
        default: STANDARD[key],
      };
    },
  };
}
