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
const INTERVAL = /-?\d+(?:\.\d+)?(?:e-?\d+)? ± \d+(?:\.\d+)?(?:e-?\d+)?/g;

/** Every `mean ± half` that a text has between `said:NAME` and `/said`, in comments of whatever language, with the study's name. */
export function intervalsSaid(text: string): { name: string; interval: string }[] {
  return [...text.matchAll(SAID)].flatMap(([, name, content]) =>
    (content!.match(INTERVAL) ?? []).map((interval) => ({ name: name!, interval })),
  );
}
