import { SETTINGS, settingsFrom, type RunSettings, type Setting } from '../run/settings.ts';

/** A command line that cannot be taken; the message says what was wrong and what is valid. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** A flag that is no setting of a run, such as `--out`. */
export interface PlainFlag {
  flag: string;
  help: string;
  default: string;
}

/** The settings of the page; what computes there on a GPU alone is no choice here. */
export const CLI_SETTINGS: readonly Setting[] = SETTINGS.map((setting) =>
  setting.key === 'engine' && setting.kind === 'choice'
    ? { ...setting, choices: setting.choices.filter(({ value }) => value !== 'webgl') }
    : setting,
);

function range(setting: Setting): string {
  return setting.kind === 'choice'
    ? setting.choices.map(({ value }) => value).join(' | ')
    : `${setting.min} … ${setting.max}`;
}

/** One line a flag: name, range, default, meaning. */
export function describeFlags(settings: readonly Setting[], plain: readonly PlainFlag[]): string {
  return [
    ...settings.map((setting) => ({
      flag: `--${setting.flag}`,
      range: range(setting),
      standard: String(setting.default),
      help: setting.help,
    })),
    ...plain.map(({ flag, help, default: standard }) => ({
      flag: `--${flag}`,
      range: '',
      standard,
      help,
    })),
  ]
    .map(
      ({ flag, range, standard, help }) =>
        `  ${flag.padEnd(19)} ${help}${range ? ` [${range}]` : ''} (default ${standard || 'none'})`,
    )
    .join('\n');
}

export interface ParsedFlags {
  settings: RunSettings;
  plain: Record<string, string>;
}

/**
 * Reads `--flag value` or `--flag=value` pairs.
 * @throws UsageError for an unknown flag, a missing or repeated value or one out of its range, with the valid ones.
 */
export function parseFlags(
  args: readonly string[],
  settings: readonly Setting[],
  plain: readonly PlainFlag[],
): ParsedFlags {
  const texts = new Map<Setting, string>();
  const parsedPlain = Object.fromEntries(
    plain.map(({ flag, default: standard }) => [flag, standard]),
  );
  const seen = new Set<string>();
  for (let i = 0; i < args.length; i++) {
    const [, flag, inline] = /^--([a-z0-9-]+)(?:=(.*))?$/s.exec(args[i]!) ?? [];
    const setting = settings.find((candidate) => candidate.flag === flag);
    const isPlain = plain.some((candidate) => candidate.flag === flag);
    if (!flag || (!setting && !isPlain))
      throw new UsageError(
        `unknown flag '${args[i]}'; valid flags are\n${describeFlags(settings, plain)}`,
      );
    if (seen.has(flag)) throw new UsageError(`--${flag} is given twice`);
    seen.add(flag);
    const value = inline ?? args[++i];
    if (value === undefined) throw new UsageError(`--${flag} needs a value`);
    if (setting) texts.set(setting, value);
    else parsedPlain[flag] = value;
  }
  return {
    settings: settingsFrom(texts, (problem) => {
      throw new UsageError(`--${problem}`);
    }),
    plain: parsedPlain,
  };
}
