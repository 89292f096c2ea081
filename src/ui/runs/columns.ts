import type { Column } from '../kit/table.ts';
import { columnHint } from '../measureHints.ts';
import * as TEXT from '../../messages/runs.ts';
import { SETTINGS, type RunSettings, type SettingKey } from '../../run/settings.ts';
import { crossingText, lower } from '../../text/words.ts';
import { valueWords } from '../../run/table.ts';
import type { RunNumbers, ShownRun } from '../../run/tried.ts';
import * as LINE_TEXT from '../../messages/lines.ts';

/** A run as the table has it. */
export interface Listed extends Omit<ShownRun, 'rows'> {
  name: string;
  /** Of its settings from those of the run on screen. */
  difference: string;
  numbers: RunNumbers;
}

/** A column of the table of runs, with its text. */
export type RunColumn = Column<Listed> & Required<Pick<Column<Listed>, 'value' | 'sortBy'>>;

const number = (
  id: keyof RunNumbers & string,
  label: string,
  digits: (value: number) => string,
  measure: string = id,
): RunColumn => ({
  ...{ id, label, isNumber: true, hint: columnHint(measure) },
  value: ({ numbers }) => {
    const value = numbers[id];
    return value === null ? '–' : digits(value);
  },
  sortBy: ({ numbers }) => numbers[id],
});
const fixed =
  (digits: number) =>
  (value: number): string =>
    value.toFixed(digits);

/** The columns after the name of the run. */
export const COLUMNS: readonly RunColumn[] = [
  {
    id: 'differs',
    label: TEXT.differs,
    value: (run) => run.difference,
    sortBy: (run) => run.difference,
  },
  {
    id: 'seed',
    label: TEXT.seed,
    isNumber: true,
    hint: columnHint('seed'),
    value: ({ settings }) => String(settings.seed),
    sortBy: ({ settings }) => settings.seed,
  },
  number('steps', TEXT.steps, String),
  number('passAt1', TEXT.passAt1, fixed(3), 'pass@1'),
  number('passAt256', TEXT.passAt256, fixed(3), 'pass@256'),
  number('entropy', TEXT.entropy, fixed(3)),
  number('crossing', TEXT.crossing, crossingText),
  number('seconds', TEXT.seconds, fixed(1)),
];

/**
 * What a run has otherwise than another, such as `learning rate 0.003 instead of 0.001, seed 2 instead of 1`; `the same
 * settings` where there is no difference beside those left out.
 */
export function differenceOf(
  settings: RunSettings,
  from: RunSettings,
  leftOut: readonly SettingKey[] = [],
): string {
  const differences = SETTINGS.filter(
    ({ key }) => settings[key] !== from[key] && !leftOut.includes(key),
  ).map((setting) =>
    LINE_TEXT.difference({
      setting: lower(setting.label),
      value: valueWords(setting, settings[setting.key]),
      other: valueWords(setting, from[setting.key]),
    }),
  );
  return differences.join(', ') || LINE_TEXT.sameSettings;
}
