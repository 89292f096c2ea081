/** A label at the beginning of a title; those of symbols stay as they are. */
export const capital = (text: string): string =>
  /^(pass@|Δ)/.test(text) ? text : text[0]!.toUpperCase() + text.slice(1);

/** A label inside a sentence; one that begins with an abbreviation stays as it is, such as `KL to base`. */
export const lower = (text: string): string =>
  /^\p{Lu}{2}/u.test(text) ? text : text[0]!.toLowerCase() + text.slice(1);
