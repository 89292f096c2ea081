import { refusal, shown } from './refusal.ts';
import { ResultsError, type Choice } from './results.ts';

/** What is asked for of the choices of a file: by their keys. */
export type AskedChoices = Readonly<Record<string, string>>;

/** As what a source is read; what it looks like where nothing is asked for. */
export interface Asked {
  format?: string;
  choices?: AskedChoices;
}

/**
 * One choice as it is made: what is asked for, or else `value`.
 *
 * @throws ResultsError if the file has not what is asked for
 */
export type Choose = (
  choice: Omit<Choice, 'values'> & { values: readonly string[] },
  labels?: Readonly<Record<string, string>>,
) => Choice;

/** Makes choices, and puts each into `made` as it would be by itself, then as it was asked for. */
export const chooser =
  (file: string, asked: AskedChoices, made: Map<string, Choice>): Choose =>
  (choice, labels = {}) => {
    const { key, value } = choice;
    if (choice.values.includes(value)) made.set(key, chosen(file, choice, value, labels));
    else made.set(key, open(choice, labels));
    const found = chosen(file, choice, Object.hasOwn(asked, key) ? asked[key]! : value, labels);
    made.set(key, found);
    return found;
  };

type Labels = Readonly<Record<string, string>>;
type Unmade = Parameters<Choose>[0];

const labelled = (values: readonly string[], labels: Labels) =>
  values.map((value) => ({
    value,
    label: Object.hasOwn(labels, value) ? labels[value]! : value,
  }));

/** A choice that nothing says how to make. */
const open = ({ values, ...choice }: Unmade, labels: Labels): Choice => ({
  ...{ ...choice, value: '' },
  values: [{ value: '', label: 'choose one' }, ...labelled(values, labels)],
});

function chosen(
  file: string,
  { values, ...choice }: Unmade,
  wanted: string,
  labels: Labels,
): Choice {
  if (!values.includes(wanted))
    throw refusal(
      file,
      null,
      wanted === ''
        ? `no name in it says which is the ${choice.label}`
        : `there is no ${shown(wanted)} for the ${choice.label}`,
      `one of ${values.join(', ')}`,
    );
  return { ...choice, value: wanted, values: labelled(values, labels) };
}

/** @throws ResultsError for keys that are none of the choices' */
export function checkAsked(file: string, asked: AskedChoices, choices: readonly Choice[]): void {
  const keys = choices.map(({ key }) => key);
  const unknown = Object.keys(asked).find((key) => !keys.includes(key));
  if (unknown === undefined) return;
  const expected = keys.length > 0 ? `one of ${keys.join(', ')}` : 'none';
  throw new ResultsError(
    `${file}: ${shown(unknown)} is nothing to choose here; expected ${expected}.`,
  );
}
