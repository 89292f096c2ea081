import { parsedJson } from './json.ts';
import { refusal } from './refusal.ts';

/** A file, a pasted text or standard input: never read as a whole where its lines are enough. */
export interface Source {
  name: string;
  blob: Blob;
}

/** How many bytes of a source have been read. */
export type Told = (bytes: number) => void;

/** So many characters tell what a file is. */
export const HEAD = 65_536;
/** So many bytes are text at a time. */
const PIECE = 65_536;
/** A line with 128 long answers has a few million characters; a file without line ends is none of lines. */
const LONGEST_LINE = 64 * 1024 * 1024;
/** A document is held as text and as what it says, which a tab has room for. */
const LARGEST_DOCUMENT = 384 * 1024 * 1024;

/**
 * The first `length` characters behind blank lines, of UTF-8, or of UTF-16 where a byte order mark says so; without the
 * mark.
 */
export async function headOf({ blob }: Source, length = HEAD): Promise<string> {
  const bytes = await blob.slice(0, 4 * length).arrayBuffer();
  const whole = bytes.byteLength === blob.size;
  const text = decoderOf(new Uint8Array(bytes), false).decode(bytes, { stream: !whole });
  return text.replace(/^(?:[ \t]*\r?\n)+/, '').slice(0, length);
}

const decoderOf = ([first, second]: Uint8Array, fatal: boolean): TextDecoder =>
  new TextDecoder(
    first === 0xff && second === 0xfe
      ? 'utf-16le'
      : first === 0xfe && second === 0xff
        ? 'utf-16be'
        : 'utf-8',
    { fatal },
  );

/** How many lines end before bytes that are no UTF-8; the first may be the rest of a character. */
function beforeFault(part: Uint8Array): number {
  const from = part.findIndex((byte) => byte >> 6 !== 0b10);
  const [sound = ''] = new TextDecoder().decode(part.subarray(from)).split('\ufffd');
  return sound.split('\n').length - 1;
}

/** Visits the text piece by piece, in order; the last piece may be ''. @throws ResultsError for what is no UTF-8 */
async function eachPiece(
  { name, blob }: Source,
  visit: (text: string) => void,
  told?: Told,
): Promise<void> {
  const decoder = decoderOf(new Uint8Array(await blob.slice(0, 2).arrayBuffer()), true);
  let line = 1;
  // What is no UTF-8 would be read as one character, and several ids as one.
  const decoded = (part?: Uint8Array): string => {
    let text: string;
    try {
      text = part ? decoder.decode(part, { stream: true }) : decoder.decode();
    } catch {
      throw refusal(
        name,
        `line ${line + (part ? beforeFault(part) : 0)}`,
        'it is not UTF-8: it may be Windows-1252 or Latin-1, as older sheets save it',
        'UTF-8, as a sheet saves it as "CSV UTF-8", or an editor by "Save with encoding"',
      );
    }
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) line++;
    return text;
  };
  const reader = blob.stream().getReader();
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      // What is in the memory already comes as one piece, however large.
      for (let from = 0; from < value.byteLength; from += PIECE) {
        const part = value.subarray(from, from + PIECE);
        visit(decoded(part));
        bytes += part.byteLength;
        told?.(bytes);
      }
    }
  } finally {
    await reader.cancel();
  }
  visit(decoded());
}

/**
 * Visits each line, numbered from 1, with the `\r` that it may end in: what a quoted cell holds is not changed. The last
 * line needs no end. Holds one line and one piece of the file at a time.
 *
 * @throws ResultsError for a line of more than 64 Mi characters.
 */
export async function eachRawLine(
  source: Source,
  visit: (text: string, line: number) => void,
  told?: Told,
): Promise<void> {
  let line = 1;
  let rest = '';
  const read = (text: string): void => {
    let from = 0;
    // What is left of earlier pieces has no end of a line: it is not searched again.
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      const piece = text.slice(from, end);
      visit(rest === '' ? piece : rest + piece, line++);
      rest = '';
      from = end + 1;
    }
    rest += text.slice(from);
    if (rest.length > LONGEST_LINE)
      throw refusal(
        source.name,
        `line ${line}`,
        'the line has more than 64 million characters',
        'lines that end',
      );
  };
  await eachPiece(source, read, told);
  if (rest !== '') visit(rest, line);
}

/** Visits each line, numbered from 1, without its end, be it `\n` or `\r\n`. @throws as {@link eachRawLine}. */
export const eachLine = (
  source: Source,
  visit: (text: string, line: number) => void,
  told?: Told,
): Promise<void> =>
  eachRawLine(
    source,
    (text, line) => visit(text.endsWith('\r') ? text.slice(0, -1) : text, line),
    told,
  );

/** All of a text. @throws ResultsError if it has more than 384 MiB */
export async function textOf(source: Source, told?: Told): Promise<string> {
  if (source.blob.size > LARGEST_DOCUMENT)
    throw refusal(
      source.name,
      null,
      `it is one document of ${Math.ceil(source.blob.size / 1024 / 1024)} MB, which has to be held as a whole`,
      'at most 384 MB of it, or JSON Lines',
    );
  const pieces: string[] = [];
  await eachPiece(source, (text) => pieces.push(text), told);
  return pieces.join('');
}

/**
 * What a JSON document says.
 *
 * @throws ResultsError if it has more than 384 MiB, or is no JSON, with the line where that is found out.
 */
export const jsonOf = async (source: Source, told?: Told): Promise<unknown> =>
  parsedJson(await textOf(source, told), source.name);
