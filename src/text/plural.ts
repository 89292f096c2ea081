/** The form of a text for a count: that of exactly so many, such as `=0`, or else of the language's plural category. */
export function plural(
  language: string,
  count: number,
  forms: Readonly<Record<string, string> & { other: string }>,
): string {
  return forms[`=${count}`] ?? forms[new Intl.PluralRules(language).select(count)] ?? forms.other;
}
