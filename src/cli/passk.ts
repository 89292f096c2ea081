import { analyse } from '../results/analyse.ts';
import { analysisCsv, analysisJson } from '../results/analysisText.ts';
import { resamplesFor, SEED, type Analysis } from '../results/analysis.ts';
import { FORMATS } from '../results/formats/formats.ts';
import { UsageError } from './flags.ts';
import { parseOptions } from './options.ts';
import { openOutput } from './output.ts';
import { basesOf, modelsOf, readFiles } from './passk/input.ts';
import { report } from './passk/report.ts';

const MOST_FILES = 64;

export const PASSK_USAGE = `usage: npm run -s rlvr -- passk FILE [FILE …] [options]

Tells pass@k of measured models, and of the base against each other one, from up to ${MOST_FILES} files of results; - is standard
input. Without --json and --csv it writes a table to read.

  --json FILE        all that was worked out, - for standard output; "beyond" is a k greater than the largest
  --csv FILE         the curves, a line for each k, - for standard output
  --base NAME        the model that others are compared with (default: called base or step 0, else the
                     shortest name with base in it, else one without a word such as GRPO, else the first)
  --one-set          equal ids are one problem in all files (default: base/aime24.jsonl and base/math500.jsonl
                     are of two sets of problems, and models are compared on one at a time)
  --names A,B        what the models are called, in the order they are read; those of one name are added up; may be
                     repeated, a name each, of which commas are then part
  --format ID        the format of all files, where it is not to be recognised: one of
                     ${FORMATS.map(({ id }) => id).join(', ')}
  --choose KEY=VALUE what of a file is read, such as a column; may be repeated
  --least-n N        problems with fewer samples are left out (default 1)
  --resamples N      of the problems, for intervals, 40 to 100000 (default 2000 to
                     20000, the more the fewer problems there are)
  --seed N           of the resamples (default ${SEED})`;

const OPTIONS = {
  json: { type: 'string' },
  csv: { type: 'string' },
  base: { type: 'string' },
  'one-set': { type: 'boolean', default: false },
  names: { type: 'string', multiple: true, default: [] as string[] },
  format: { type: 'string' },
  choose: { type: 'string', multiple: true, default: [] as string[] },
  'least-n': { type: 'string', default: '1' },
  resamples: { type: 'string' },
  seed: { type: 'string', default: String(SEED) },
} as const;

/** Reads files of results and writes what they show. */
export async function runPassk(args: readonly string[]): Promise<void> {
  const { values, positionals: files } = parseOptions(args, OPTIONS, PASSK_USAGE);
  if (files.length < 1 || files.length > MOST_FILES)
    throw new UsageError(
      `passk takes 1 to ${MOST_FILES} files, got ${files.length}\n${PASSK_USAGE}`,
    );
  if (files.filter((file) => file === '-').length > 1)
    throw new UsageError('- is given twice: there is one standard input');
  if (values.json === '-' && values.csv === '-')
    throw new UsageError('--json and --csv cannot both be written to standard output');
  const leastN = whole('least-n', values['least-n'], 1, Number.MAX_SAFE_INTEGER);
  const seed = whole('seed', values.seed, 0, 2 ** 32 - 1);
  const resamples =
    values.resamples === undefined ? null : whole('resamples', values.resamples, 40, 100_000);
  const read = await readFiles(
    files,
    values.format,
    Object.fromEntries(values.choose.map(keyAndValue)),
  );
  const called = modelsOf(read, values.names, values['one-set']);
  const bases = basesOf(values.base, called.sets);
  const notes = [...called.notes, ...bases.notes];
  const sets = called.sets.map(({ name, models }, i) => {
    const settings = { leastN, resamples: resamples ?? resamplesFor(models), seed };
    const base = bases.indices[i]!;
    return {
      ...{ name, settings: { ...settings, base: models[base]!.name } },
      analysis: analyse(models, { ...settings, base }),
    };
  });
  if (values.json !== undefined) {
    const ofFiles = read.flatMap(({ file, reading }) =>
      reading.notes.map((note) => `${file}: ${note}`),
    );
    const told = sets.map(({ name, settings, analysis }) => ({
      ...(name !== null && { set: name }),
      ...{ settings, ...analysis },
    }));
    const whole = {
      files: read.map(({ file }) => file),
      formats: read.map(({ reading }) => reading.format),
      notes: [...ofFiles, ...notes],
      ...(told.length > 1 ? { sets: told } : told[0]),
    };
    await write(values.json, analysisJson(whole));
  }
  if (values.csv !== undefined) {
    const all = sets.map(({ name, analysis }) => namedOn(name, analysis));
    const curves = {
      models: all.flatMap(({ models }) => models),
      comparisons: all.flatMap(({ comparisons }) => comparisons),
    };
    await write(values.csv, analysisCsv(curves).trimEnd());
  }
  if (values.json === undefined && values.csv === undefined)
    await write('-', report(read, { ...called, notes }, sets));
}

/** Models of two sets may be called the same. */
function namedOn(
  set: string | null,
  { models, comparisons }: Analysis,
): Pick<Analysis, 'models' | 'comparisons'> {
  const on = (name: string): string => (set === null ? name : `${name} on ${set}`);
  return {
    models: models.map((model) => ({ ...model, name: on(model.name) })),
    comparisons: comparisons.map((each) => ({
      ...each,
      ...{ base: on(each.base), trained: on(each.trained) },
    })),
  };
}

async function write(path: string, text: string): Promise<void> {
  const output = await openOutput(path);
  await output.write(text);
  await output.close();
}

/** @throws UsageError unless the text is a whole number in the range. */
function whole(flag: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < least || value > most)
    throw new UsageError(
      `--${flag} is '${text}', expected a whole number from ${least} to ${most}`,
    );
  return value;
}

function keyAndValue(text: string): [string, string] {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (key === undefined) throw new UsageError(`--choose is '${text}', expected KEY=VALUE`);
  return [key, value!];
}
