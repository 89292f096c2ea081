import { csvText } from '../core/csv.ts';
import { isNamed } from './columns.ts';
import type { Head } from './head.ts';
import { isRecord } from './records.ts';
import { refusal } from './refusal.ts';
import { jsonOf, textOf, type Source, type Told } from './source.ts';

/** Another way to write what a format reads. Lines stay where they are, for messages. */
interface Shape {
  /** Whether a format that takes the file as it is comes first. */
  yields?: true;
  recognises(head: Head): boolean;
  /** The same as that format reads it. */
  reshaped(source: Source, told?: Told): Promise<string>;
}

/** Keys under which a document has its records. */
const LISTS = ['results', 'samples', 'problems', 'records', 'data', 'items', 'details'];
const cellsOf = (line: string): string[] => line.trim().split(/\s+/);
const RULE = /^[\s|:-]*-[\s|:-]*$/;

export const SHAPES: readonly Shape[] = [
  {
    // Of an old Macintosh.
    recognises: ({ text }) => text.includes('\r') && !text.includes('\n'),
    reshaped: async (source, told) => (await textOf(source, told)).replaceAll('\r', '\n'),
  },
  {
    // As sheets say what parts cells.
    recognises: ({ text }) => /^"?sep=./.test(text),
    reshaped: async (source, told) => (await textOf(source, told)).replace(/^.*/, ''),
  },
  {
    // A table of Markdown: the rule behind its header becomes a blank line.
    recognises: ({ text }) => /^\s*\|.*\|\s*\n\s*\|[\s:|-]*-/.test(text),
    reshaped: async (source, told) =>
      rows(await textOf(source, told), (line) =>
        RULE.test(line)
          ? ['']
          : line
              .trim()
              .replace(/^\||\|$/g, '')
              .split('|')
              .map(trimmed),
      ),
  },
  {
    // Columns that blanks part, as a terminal prints them.
    recognises: ({ text, json, table }) =>
      json === null &&
      table === null &&
      cellsOf(text.split('\n', 1)[0]!).filter(isNamed).length >= 2,
    reshaped: async (source, told) => {
      const text = await textOf(source, told);
      const width = cellsOf(text.trimStart().split('\n', 1)[0]!).length;
      return rows(text, (line, number) => {
        const cells = cellsOf(line);
        if (cells.length === width || line.trim() === '') return cells;
        throw refusal(
          source.name,
          `line ${number}`,
          `it has ${cells.length} words`,
          `${width}, as the first row`,
        );
      });
    },
  },
  {
    yields: true,
    recognises: ({ json }) => json !== null && !json.isList && wrapped(json.keys) !== undefined,
    reshaped: async (source, told) => {
      const document = await jsonOf(source, told);
      if (!isRecord(document)) return '';
      const { model } = document;
      const list = document[wrapped(keysOf(document))!] as unknown[];
      const own = typeof model === 'string' ? { model } : {};
      return JSON.stringify(list.map((each) => (isRecord(each) ? { ...own, ...each } : each)));
    },
  },
  {
    // By the id of each problem.
    yields: true,
    recognises: ({ json }) => {
      const kinds = new Set(json?.keys.values());
      kinds.delete('');
      return (
        json !== null &&
        !json.isList &&
        ![...json.keys.keys()].some((key) => isNamed(key) || /flags|scores|rewards/.test(key)) &&
        kinds.size === 1 &&
        (kinds.has('[') || (kinds.has('{') && [...json.inner].filter(isNamed).length >= 2))
      );
    },
    reshaped: async (source, told) =>
      JSON.stringify(
        Object.entries((await jsonOf(source, told)) as object).map(([problem, said]) =>
          isRecord(said) ? { ...said, problem } : { problem, verdicts: said as unknown },
        ),
      ),
  },
  {
    // Records that go over several lines: one, or one behind another.
    recognises: ({ text }) => /^\{[ \t]*\r?\n/.test(text),
    reshaped: async (source, told) => {
      const text = (await textOf(source, told)).trim();
      return `[${text.replace(/^\}[ \t]*,?(?=\s*\{)/gm, '},')}]`;
    },
  },
];

const trimmed = (cell: string): string => cell.trim();

const rows = (text: string, cellsIn: (line: string, number: number) => string[]): string =>
  csvText(text.split('\n').map((line, i) => cellsIn(line, i + 1)));

/** The key of the list that a document wraps. */
const wrapped = (keys: ReadonlyMap<string, string>): string | undefined =>
  LISTS.find((key) => keys.get(key) === '[');

const keysOf = (document: object): ReadonlyMap<string, string> =>
  new Map(Object.entries(document).map(([key, value]) => [key, Array.isArray(value) ? '[' : '']));
