/** What may stand where, in the grammar of JSON (RFC 8259): what of it a token is, and what comes behind it. */
type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end' | 'nothing';

const TOKEN =
  /[ \t\r\n]*(?:([{}[\],:])|(true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|("))/y;
const BLANKS = /[ \t\r\n]*/y;
const ESCAPE_OR_FAULT = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})|[\\\u0000-\u001f]/g;

/** Behind the quote that closes the string whose quote is at `opens`; the end of the text if none does. */
export function endOfString(text: string, opens: number): number {
  for (let at = text.indexOf('"', opens + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text[at - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return at + 1;
  }
  return text.length;
}

/**
 * Where a text stops to be JSON: the place of the first token that must not be there, or the length of a text that ends
 * too soon. Browsers tell it in their own words, or not at all.
 */
export function jsonFault(text: string): number {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = 0;
  for (;;) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text);
    BLANKS.lastIndex = at;
    const start = at + BLANKS.exec(text)![0].length;
    if (!token) return start;
    const [whole, mark, atom, quote] = token;
    at += whole.length;
    if (quote !== undefined) {
      const end = endOfString(text, start);
      const fault = faultInString(text, start + 1, end);
      if (fault !== null) return fault;
      at = end;
    }
    const next = behind(expected, mark ?? (atom === undefined ? 'string' : 'atom'), open);
    if (next === null) return start;
    expected = next;
  }
}

function faultInString(text: string, from: number, end: number): number | null {
  const inside = text.slice(from, end);
  for (const match of inside.matchAll(ESCAPE_OR_FAULT))
    if (match[0].length === 1) return from + match.index;
  return text[end - 1] === '"' && end > from ? null : text.length;
}

/** What is expected behind a token; null where it must not be. */
function behind(expected: Expected, token: string, open: ('{' | '[')[]): Expected | null {
  const isValue = expected === 'value' || expected === 'value or ]';
  const done = (): Expected => (open.length === 0 ? 'nothing' : ', or end');
  if (token === '{' || token === '[') {
    if (!isValue) return null;
    open.push(token);
    return token === '{' ? 'key or }' : 'value or ]';
  }
  if (token === '}' || token === ']') {
    const isEmpty = expected === (token === '}' ? 'key or }' : 'value or ]');
    if (!isEmpty && expected !== ', or end') return null;
    return open.pop() === (token === '}' ? '{' : '[') ? done() : null;
  }
  if (token === ',')
    return expected === ', or end' ? (open.at(-1) === '{' ? 'key' : 'value') : null;
  if (token === ':') return expected === ':' ? 'value' : null;
  if (isValue) return done();
  return token === 'string' && (expected === 'key' || expected === 'key or }') ? ':' : null;
}
