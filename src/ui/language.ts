import './dataTexts.ts';
import { siteUrl } from '../site.ts';
import { parseTranslation, translate } from '../text/translation.ts';

/**
 * Fetches `lang/<code>.json` and has the page speak it, or English again for `en`; call it before anything is drawn. The
 * page stays English where
 * the file cannot be had, and where a text in it does not fit.
 * @returns what was wrong, a sentence each; of areas that load later, the console is told.
 */
export async function speakLanguage(code: string): Promise<string[]> {
  if (code === 'en') {
    translate({});
    document.documentElement.lang = code;
    return [];
  }
  const file = `lang/${code}.json`;
  try {
    const response = await fetch(new URL(file, siteUrl()));
    if (!response.ok)
      throw new Error(`the server says ${response.status}, expected a file with translated texts`);
    const problems: string[] = [];
    translate(parseTranslation(await response.text()), (problem) => {
      problems.push(problem);
      console.warn(`${file}: ${problem}; that text stays English.`);
    });
    document.documentElement.lang = code;
    return problems.map((problem) => `In ${file}, ${problem}; that text stays English.`);
  } catch (error) {
    return [
      `The translation ${file} could not be used: ${(error as Error).message}. The page stays English.`,
    ];
  }
}
