/** The documents that have markers: tables that a study fills, and numbers that are said to be a study's. */
export const MARKED = ['README.md', 'docs/results.md'] as const;

const NAME = '[a-z0-9-]+';
const BLOCK = new RegExp(`(<!-- study:(${NAME}) -->\\n)([^]*?)(<!-- /study -->)`, 'g');

/** What stands between the markers `<!-- study:NAME -->` and `<!-- /study -->` of a text, by name, in order. */
export function blocksIn(text: string): { name: string; content: string }[] {
  return [...text.matchAll(BLOCK)].map(([, , name, content]) => ({
    name: name!,
    content: content!.trim(),
  }));
}

/** The text with the blocks of one study replaced; all else stays to the letter. */
export function withBlock(text: string, name: string, content: string): string {
  return text.replaceAll(BLOCK, (whole, open: string, found: string, _: string, close: string) =>
    found === name ? `${open}\n${content}\n\n${close}` : whole,
  );
}

const SAID = new RegExp(`said:(${NAME})\\b([^]*?)/said\\b`, 'g');
const NUMBER = /-?\d+\.\d+(?:e-?\d+)?(?: ± \d+\.\d+(?:e-?\d+)?)?/g;

/** Every decimal number in a text, as `0.251 ± 0.011` where it has an interval. */
export const numbersIn = (text: string): string[] => text.match(NUMBER) ?? [];

/** The numbers that a text has between `said:NAME` and `/said`, in comments of whatever language, with the study's name. */
export function numbersSaid(text: string): { name: string; number: string }[] {
  return [...text.matchAll(SAID)].flatMap(([, name, content]) =>
    numbersIn(content!).map((number) => ({ name: name!, number })),
  );
}
