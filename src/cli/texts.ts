import { readFile, writeFile } from 'node:fs/promises';
import { parseTranslation, translationProblems, type Translation } from '../text/translation.ts';
import { UsageError } from './flags.ts';
import { parseOptions } from './options.ts';

export const TEXTS_USAGE = `usage: npm run -s rlvr -- texts [options]

Writes all English texts of the page as one JSON file. Translated and put into public/lang/CODE.json, it is what the page
speaks at #lang=CODE; a text that is left out stays English.

  --out FILE     where the texts go, - for stdout (default -)
  --check FILE   instead, what is wrong with a translation and how much of it there is`;

const OPTIONS = {
  out: { type: 'string', default: '-' },
  check: { type: 'string' },
} as const;

const sizeOf = (texts: Translation): number =>
  Object.values(texts).reduce((sum, area) => sum + Object.keys(area).length, 0);

/** Writes the English texts, or says what is wrong with a translation. @throws Error naming each problem. */
export async function runTexts(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseOptions(args, OPTIONS, TEXTS_USAGE);
  if (positionals.length > 0)
    throw new UsageError(`unknown argument '${positionals[0]}'\n${TEXTS_USAGE}`);
  // Loaded only for this command: no other needs the words of the page.
  const { englishTexts } = await import('./texts/tables.ts');
  const english = englishTexts();
  const file = values.check;
  if (file === undefined) {
    const json = `${JSON.stringify(english, null, 2)}\n`;
    if (values.out === '-') process.stdout.write(json);
    else await writeFile(values.out, json);
    return;
  }
  const json = await readFile(file, 'utf8');
  let translation: Translation;
  try {
    translation = parseTranslation(json);
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
  const problems = translationProblems(translation);
  if (problems.length > 0) throw new Error(`${file}: ${problems.join(`\n${file}: `)}`);
  console.log(`${file} translates ${sizeOf(translation)} of ${sizeOf(english)} texts`);
}
