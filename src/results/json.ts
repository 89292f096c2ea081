import { endOfString, jsonFault } from './jsonFault.ts';
import { refusal, shown } from './refusal.ts';

/**
 * What a JSON text says. Python writes NaN and infinities that JSON has no words for: they are read as null.
 *
 * @param line the number of its first line, in a file of which it is a part
 * @throws ResultsError with the line where the text stops to be JSON
 */
export function parsedJson(text: string, file: string, line = 1): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const replaced = withoutNan(text);
    try {
      return JSON.parse(replaced);
    } catch {
      const fault = jsonFault(replaced);
      const found = replaced.slice(fault, fault + 200);
      const isEnd = found.trim() === '';
      throw refusal(
        file,
        `line ${line + replaced.slice(0, fault).split('\n').length - 1}`,
        ...(isEnd
          ? ([
              'the text ends in the middle',
              'all of a JSON text, on one line of JSON Lines',
            ] as const)
          : (commaFault(replaced, fault) ?? ([`${shown(found)} is no JSON`, 'JSON'] as const))),
      );
    }
  }
}

/** What is said of a comma too many; null where it is none. */
function commaFault(text: string, fault: number): readonly [string, string] | null {
  const mark = text[fault]!;
  if (mark === ',') return ['a comma stands behind the whole record', 'one record a line, without'];
  return /[\]}]/.test(mark) && /,\s*$/.test(text.slice(Math.max(0, fault - 1000), fault))
    ? [`a comma stands before ${mark}`, 'no comma behind the last one']
    : null;
}

/** Text with NaN and infinities outside of its strings as null. In one pass: a string may have millions of characters. */
function withoutNan(text: string): string {
  const parts: string[] = [];
  let from = 0;
  while (from < text.length) {
    const opens = text.indexOf('"', from);
    const end = opens < 0 ? text.length : opens;
    parts.push(text.slice(from, end).replace(/-?\b(?:NaN|Infinity)\b/g, 'null'));
    from = opens < 0 ? end : endOfString(text, opens);
    parts.push(text.slice(end, from));
  }
  return parts.join('');
}

/** What the beginning of a JSON text tells, though it be cut off anywhere. */
export interface JsonStart {
  /** Whether the text is an array of records, or begins with a record. */
  isList: boolean;
  /** The keys of the first record, each with the character that its value begins with; '' where the text ends there. */
  keys: ReadonlyMap<string, string>;
  /** All keys further in. */
  inner: ReadonlySet<string>;
  /** Whether the record ends before the text does. */
  isWhole: boolean;
}

/** @returns null for what does not begin with a record, or an array of them. */
export function jsonStart(text: string): JsonStart | null {
  const begin = /^\s*(\[\s*)?\{/.exec(text);
  if (!begin) return null;
  const keys = new Map<string, string>();
  const inner = new Set<string>();
  let depth = 1;
  let at = begin[0].length;
  const next = /["{}[\]]/g;
  while (depth > 0) {
    next.lastIndex = at;
    const found = next.exec(text);
    if (!found) break;
    at = found.index + 1;
    if (found[0] === '{' || found[0] === '[') depth++;
    else if (found[0] !== '"') depth--;
    else {
      const end = endOfString(text, found.index);
      const value = /^\s*:\s*(\S?)/.exec(text.slice(end, end + 20));
      if (value && depth === 1) keys.set(text.slice(at, end - 1), value[1]!);
      else if (value) inner.add(text.slice(at, end - 1));
      at = end;
    }
  }
  return { isList: begin[1] !== undefined, keys, inner, isWhole: depth === 0 };
}
