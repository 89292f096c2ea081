/** A label at the beginning of a title; those of symbols stay as they are. */
export const capital = (text: string): string =>
  /^(pass@|Δ)/.test(text) ? text : text[0]!.toUpperCase() + text.slice(1);

/** A label inside a sentence. */
export const lower = (text: string): string => text[0]!.toLowerCase() + text.slice(1);
