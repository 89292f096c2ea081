/**
 * A text with its places filled: `say('step {step} of {steps}', { step: 3, steps: 300 })` is `step 3 of 300`.
 * @throws RangeError naming the place, if there is no value for it.
 */
export function say(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new RangeError(`no value for {${name}} in '${text}'`);
    return String(value);
  });
}
