import { dsvFormat } from 'd3-dsv';
import { isNamed } from './columns.ts';
import { numberOf } from './records.ts';
import { refusal, shown } from './refusal.ts';
import { eachRawLine, type Source, type Told } from './source.ts';

/** How a text is a table: by its first row. */
export interface Table {
  delimiter: string;
  header: readonly string[];
  /** The first row behind it. */
  first: readonly string[];
}

const DELIMITERS = [',', '\t', ';'];
/** A cell of so many characters has no end: a quote that nothing closes. */
const LONGEST_ROW = 16 * 1024 * 1024;

/** @returns null for a text whose first row is of one cell */
export function tableOf(text: string): Table | null {
  const tables = DELIMITERS.map((delimiter) => {
    const [names = [], first = []] = dsvFormat(delimiter).parseRows(text);
    const header = names.map(plainText);
    return { delimiter, header, first, known: header.filter(isNamed).length };
  });
  // A name may hold what elsewhere parts cells.
  tables.sort((a, b) => b.known - a.known || b.header.length - a.header.length);
  const { known: _, ...table } = tables[0]!;
  return table.header.length < 2 ? null : table;
}

/** What a sheet would take for a formula, or is blank, or has blanks around it. */
const NEEDS_QUOTE = /^(?:[=+\-@'\s]|.*\s$|$)/s;

/**
 * What a sheet would take for a formula, and what blanks are around or is of them, is written with a `'` before it (OWASP,
 * "CSV Injection"). Read it is as it was, and other text is without the blanks around it: {@link plainText} of
 * {@link escaped} is any text.
 */
export const escaped = (text: string): string => (NEEDS_QUOTE.test(text) ? `'${text}` : text);
export const plainText = (cell: string): string =>
  cell.startsWith("'") && NEEDS_QUOTE.test(cell.slice(1)) ? cell.slice(1) : cell.trim();

/**
 * Visits the rows of a table after the first that is not blank, its header. A row begins at `line`; one with ends of lines
 * in quoted cells has several lines.
 *
 * @throws ResultsError for a quote that is not closed, for cells beyond those of the header, and for two columns of a name
 */
export async function eachRow(
  source: Source,
  { delimiter, header }: Table,
  visit: (cells: readonly string[], line: number) => void,
  told?: Told,
): Promise<void> {
  const named = header.filter((cell) => cell.trim() !== '');
  const twice = named.find((cell, i) => named.indexOf(cell) < i);
  if (twice !== undefined)
    throw refusal(source.name, 'line 1', `two columns are called ${shown(twice)}`, 'one of a name');
  const format = dsvFormat(delimiter);
  let held = '';
  let began = 0;
  let isHeader = true;
  const take = (row: string, line: number): void => {
    const text = row.endsWith('\r') ? row.slice(0, -1) : row;
    if (text.trim() === '') return;
    if (isHeader) {
      isHeader = false;
      return;
    }
    const cells = text.includes('"') ? format.parseRows(text)[0]! : text.split(delimiter);
    if (cells.length > header.length && cells.slice(header.length).some((cell) => cell.trim()))
      throw refusal(
        source.name,
        `line ${line}`,
        `it has ${cells.length} cells`,
        `${header.length}, as the first row`,
      );
    // Rows that only part cells: what a sheet leaves of rows that were emptied.
    if (cells.some((cell) => cell.trim() !== '')) visit(cells, line);
  };
  await eachRawLine(
    source,
    (text, line) => {
      const isOpen = opensQuote(text, delimiter, held !== '');
      if (held === '') began = line;
      if (isOpen) held += `${text}\n`;
      else {
        take(held + text, began);
        held = '';
      }
      if (held.length > LONGEST_ROW) throw unclosed(source.name, began);
    },
    told,
  );
  if (held !== '') throw unclosed(source.name, began);
}

const unclosed = (file: string, line: number): Error =>
  refusal(file, `line ${line}`, 'a quote opens a cell, and none closes it', 'a closing quote');

/** Whether a quoted cell goes on behind this line. A quote inside of a cell that did not begin with one is a character. */
function opensQuote(text: string, delimiter: string, wasOpen: boolean): boolean {
  if (!text.includes('"')) return wasOpen;
  let isOpen = wasOpen;
  let at = 0;
  if (!isOpen && text.startsWith('"')) {
    isOpen = true;
    at = 1;
  }
  for (;;) {
    if (isOpen) {
      const end = text.indexOf('"', at);
      if (end < 0) return true;
      at = end + 1;
      if (text[at] === '"') at++;
      else isOpen = false;
    } else {
      const next = text.indexOf(delimiter, at);
      if (next < 0) return false;
      at = next + 1;
      if (text[at] === '"') {
        isOpen = true;
        at++;
      }
    }
  }
}

/** The whole number in a cell. @throws ResultsError for any other text */
export function numberIn(
  cell: string | undefined,
  what: string,
  { least, file, line }: { least: number; file: string; line: number },
): number {
  const text = cell?.trim() ?? '';
  if (isFormula(text)) throw formula(text, what, file, line);
  return numberOf(text, what, least, file, `line ${line}`);
}

const formula = (text: string, what: string, file: string, line: number): Error =>
  refusal(file, `line ${line}`, `${what} is ${shown(text)}, a formula`, 'its value');

const isFormula = (text: string): boolean => text.trimStart().startsWith('=');

/** The text in a cell. @throws ResultsError for a blank, and for what a sheet computes */
export function textIn(cell: string | undefined, what: string, file: string, line: number): string {
  if (cell === undefined || cell.trim() === '')
    throw refusal(file, `line ${line}`, `${what} is blank`, 'a text');
  if (isFormula(cell)) throw formula(cell, what, file, line);
  return plainText(cell);
}
