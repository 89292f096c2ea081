import { refusal, shown } from './refusal.ts';
import { ResultsError, type Choice } from './results.ts';

/** What is asked for of the choices of a file: by their keys. */
export type Asked = Readonly<Record<string, string>>;

/**
 * One choice as it is made: what is asked for, or else `value`.
 *
 * @throws ResultsError if the file has not what is asked for
 */
export function chosen(
  file: string,
  asked: Asked,
  { key, label, value, values }: Omit<Choice, 'values'> & { values: readonly string[] },
  labels: Readonly<Record<string, string>> = {},
): Choice {
  const wanted = Object.hasOwn(asked, key) ? asked[key]! : value;
  if (!values.includes(wanted))
    throw refusal(
      file,
      null,
      `there is no ${shown(wanted)} for the ${label}`,
      `one of ${values.join(', ')}`,
    );
  return {
    ...{ key, label, value: wanted },
    values: values.map((each) => ({
      value: each,
      label: Object.hasOwn(labels, each) ? labels[each]! : each,
    })),
  };
}

/** @throws ResultsError for keys that are none of the choices' */
export function checkAsked(file: string, asked: Asked, choices: readonly Choice[]): void {
  const keys = choices.map(({ key }) => key);
  const unknown = Object.keys(asked).find((key) => !keys.includes(key));
  if (unknown === undefined) return;
  const expected = keys.length > 0 ? `one of ${keys.join(', ')}` : 'none';
  throw new ResultsError(
    `${file}: ${shown(unknown)} is nothing to choose here; expected ${expected}.`,
  );
}
