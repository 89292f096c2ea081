import { terms as TERMS } from '../../messages/glossary.ts';

export type TermName = keyof typeof TERMS;

/** The colours of the words that are lines of figures. */
export const SERIES_OF: Readonly<Partial<Record<TermName, string>>> = {
  base: 'var(--base)',
  now: 'var(--now)',
  chance: 'var(--chance)',
  'pass@1': 'var(--k1)',
  'pass@256': 'var(--k256)',
  entropy: 'var(--entropy)',
  reward: 'var(--good)',
  distillation: 'var(--distilled)',
};

/** A part of a text: plain, a word of the glossary, or a button that moves the figure's cursor. */
export type ProsePart =
  | { kind: 'plain'; text: string }
  /** `tail` is the punctuation that follows: no line begins with it. */
  | { kind: 'term'; term: TermName; text: string; color: string | null; tail: string }
  | { kind: 'cursor'; x: number; text: string; tail: string };

const MARKED = /\[([^\]|]+)(?:\|([^\]]+))?\]|<([\d.]+)\|([^>]+)>/g;

/**
 * Takes a text apart: `[name]` and `[name|shown]` are words of the glossary, `<16|pass@16>` moves the cursor to 16.
 * @throws RangeError naming a word that the glossary has not.
 */
export function proseParts(text: string): ProsePart[] {
  const parts: ProsePart[] = [];
  let from = 0;
  for (const match of text.matchAll(MARKED)) {
    const [whole, name, shown, x, button] = match;
    const [tail] = /^[.,;:?!)’”]*/.exec(text.slice(match.index + whole.length))!;
    if (match.index > from) parts.push({ kind: 'plain', text: text.slice(from, match.index) });
    if (x !== undefined) parts.push({ kind: 'cursor', x: Number(x), text: button!, tail });
    else {
      if (!Object.hasOwn(TERMS, name!))
        throw new RangeError(`the glossary has no '${name}', which '${text.slice(0, 40)}…' names`);
      const term = name as TermName;
      parts.push({ kind: 'term', term, text: shown ?? term, color: SERIES_OF[term] ?? null, tail });
    }
    from = match.index + whole.length + tail.length;
  }
  if (from < text.length) parts.push({ kind: 'plain', text: text.slice(from) });
  return parts;
}
