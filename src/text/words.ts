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
