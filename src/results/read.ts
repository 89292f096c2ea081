import { checkAsked, chooser, type Asked } from './choices.ts';
import { FORMATS } from './formats/formats.ts';
import type { Format } from './formats/format.ts';
import { OTHERS } from './formats/others.ts';
import { lookAt, type Head } from './head.ts';
import { modelName } from './modelName.ts';
import { SHAPES } from './reshape.ts';
import { refusal, shown } from './refusal.ts';
import { ResultsError, type Choice, type Reading } from './results.ts';
import type { Source, Told } from './source.ts';

/**
 * Reads how many samples of each problem were correct, from a file that is recognised by what is in it, or is said to be
 * of a format; of what it can be read as, what is asked for. Of a file of lines it never holds more than one.
 *
 * @throws ResultsError for what is no such file, and for what of it is as it must not be: where, what, and what was expected
 */
export async function readResults(given: Source, asked: Asked = {}, told?: Told): Promise<Reading> {
  const { name } = given;
  if (given.blob.size === 0) throw refusal(name, null, 'it is empty', 'results');
  const seen = await lookAt(given);
  const other = OTHERS.find((each) => each.recognises(seen));
  if (other) throw refusal(name, null, other.found, other.expected);
  const { source, head } = await inShape(given, seen, told);
  const format =
    asked.format === undefined
      ? FORMATS.find((each) => each.recognises(head))
      : FORMATS.find(({ id }) => id === asked.format);
  if (!format) throw unknown(name, seen, asked.format);
  if (!fits(format, head)) throw refusal(name, null, described(seen), format.looks);
  const choices = asked.choices ?? {};
  const made = new Map<string, Choice>();
  const choose = chooser(name, choices, made);
  const joins = format.joins ?? null;
  const alone = modelName(name, { seeds: joins === 'seeds' });
  try {
    const found = await format.read({
      ...{ source, head, alone, choose },
      // What was put into another shape has been read already.
      told: source === given ? told : undefined,
    });
    checkAsked(name, choices, found.choices);
    if (found.models.length === 0)
      throw refusal(name, null, 'it has a beginning, and no samples behind it', format.looks);
    return { ...found, joins };
  } catch (error) {
    // Another choice may be the way out.
    if (error instanceof ResultsError)
      Object.assign(error, { format: format.id, choices: [...made.values()] });
    throw error;
  }
}

/** The file in the way of a format, if it is in another one; of what is one document to its format, as it is. */
async function inShape(source: Source, head: Head, told?: Told) {
  const takers = FORMATS.filter((each) => each.recognises(head));
  const shape = takers.some(({ isDocument }) => isDocument)
    ? undefined
    : SHAPES.find((each) => each.recognises(head) && !(each.yields && takers.length > 0));
  if (!shape) return { source, head };
  const reshaped = { name: source.name, blob: new Blob([await shape.reshaped(source, told)]) };
  return { source: reshaped, head: await lookAt(reshaped) };
}

/** Whether a file is of the format, or of its kind: columns and keys can be asked for that its reader does not know. */
const fits = ({ kind, recognises }: Format, head: Head): boolean =>
  recognises(head) ||
  (kind === 'table' && head.table !== null) ||
  (kind === 'records' && head.json !== null);

function unknown(name: string, head: Head, asked: string | undefined): ResultsError {
  const known = FORMATS.map(({ id }) => id).join(', ');
  if (asked !== undefined)
    return new ResultsError(`'${asked}' is no format; expected one of ${known}.`);
  return refusal(
    name,
    null,
    described(head),
    'an id of each problem with its verdicts, or with n and how many are correct, such as the columns problem, n and correct; see the list of formats',
  );
}

/** What a file looks like that is not read. */
function described({ text, json, table, parquet }: Head): string {
  if (parquet) return `it is Parquet with ${shown(parquet.map(({ name }) => name).join(', '))}`;
  if (json) return `it is JSON with ${shown([...json.keys.keys()].join(', '))}`;
  if (table?.header.some((cell) => /^[\d.]+$/.test(cell)))
    return `its first row, ${shown(table.header.join(', '))}, has no names of columns`;
  if (table) return `it is a table with the columns ${shown(table.header.join(', '))}`;
  return text.trim() === '' ? 'it is blank' : `it begins with ${shown(text.trim())}`;
}
