/** A text, or a function of its places where it has some, as the modules of src/messages have them. */
export type Text = string | ((of: never) => string);

/**
 * A text with its places filled: `say('step {step} of {steps}', { step: 3, steps: 300 })` is `step 3 of 300`. Of texts in
 * messages/ only for those that are looked up by a name, so that no type tells which places they have.
 * @throws RangeError naming the place, if there is no value for it.
 */
export function say(text: Text, values: Readonly<Record<string, string | number>>): string {
  if (typeof text === 'function')
    return text(
      new Proxy(values, { get: (of, name) => valueOf(of, String(name), 'a text') }) as never,
    );
  return text.replace(/\{(\w+)\}/g, (_, name: string) =>
    String(valueOf(values, name, `'${text}'`)),
  );
}

function valueOf(values: Readonly<Record<string, string | number>>, name: string, text: string) {
  const value = values[name];
  if (value === undefined) throw new RangeError(`no value for {${name}} in ${text}`);
  return value;
}

/** The form of a text for a count: that of exactly so many, such as `=0`, or else of the language's plural category. */
export function plural(
  language: string,
  count: number,
  forms: Readonly<Record<string, string> & { other: string }>,
): string {
  return forms[`=${count}`] ?? forms[new Intl.PluralRules(language).select(count)] ?? forms.other;
}

/** A label at the beginning of a title; those of symbols stay as they are. */
export const capital = (text: string): string =>
  /^(pass@|Δ)/.test(text) ? text : text[0]!.toUpperCase() + text.slice(1);

/** A label inside a sentence; one that begins with an abbreviation stays as it is, such as `KL to base`. */
export const lower = (text: string): string =>
  /^\p{Lu}{2}/u.test(text) ? text : text[0]!.toLowerCase() + text.slice(1);

/** The k of a crossing, wherever it stands: `8.2`, `12`, `1,793`. */
export const crossingText = (k: number): string =>
  // From 9.95 on one decimal would say 10.0.
  k < 9.95 ? k.toFixed(1) : String(Math.round(k)).replace(/\B(?=(\d{3})+$)/g, ',');
