import { checksum } from '../bases.ts';
import { breather } from './breathe.ts';
import { refuse, TEXT } from './texts.ts';

/**
 * What is around a run file: a line of ASCII `rlvr-run 1 <bytes> <sha256>`, then so many bytes of gzip. What is wrong with
 * a file is known before anything is decompressed: its size, its format, its version, whether it is whole and unchanged.
 */
export const RUN_FILE_VERSION = 1;
const FORMAT = 'rlvr-run';

/** Larger than any run that this page can make; a file beyond it is not read. */
export const MOST_FILE_BYTES = 50_000_000;

/** More than 32 MiB of checkpoints and the rows of the longest run; a file that grows beyond it is a trap. */
export const MOST_RAW_BYTES = 96_000_000;

const FIRST_LINE = 160;
const mega = (bytes: number): string => (bytes / 1e6).toFixed(bytes < 1e8 ? 1 : 0);
const short = (sha256: string): string => sha256.slice(0, 12);

/** The bytes of a file, from the parts of what it holds. */
export async function packed(parts: Uint8Array<ArrayBuffer>[]): Promise<Blob> {
  const bytes = await through(new CompressionStream('gzip'), parts, Infinity);
  const line = `${FORMAT} ${RUN_FILE_VERSION} ${bytes.length} ${await checksum(bytes)}\n`;
  return new Blob([line, bytes], { type: 'application/octet-stream' });
}

/** @throws RunFileError naming what is not as in a file of this version. */
export async function unpacked(file: Blob, mostRawBytes = MOST_RAW_BYTES): Promise<Uint8Array> {
  if (file.size > MOST_FILE_BYTES)
    refuse(TEXT.tooLarge, { found: mega(file.size), most: mega(MOST_FILE_BYTES) });
  if (file.size === 0) refuse(TEXT.empty);
  const start = new TextDecoder('latin1').decode(await file.slice(0, FIRST_LINE).arrayBuffer());
  const [line] = start.split('\n', 1) as [string];
  const [format, version, length, sha256] = line.split(' ') as [string, ...string[]];
  if (format !== FORMAT) refuse(TEXT.otherFormat, { found: printable(line).slice(0, 24) });
  if (!/^\d{1,6}$/.test(version ?? '') || line.length === start.length)
    refuse(TEXT.noFirstLine, { found: printable(line).slice(0, 60) });
  if (version !== String(RUN_FILE_VERSION))
    refuse(TEXT.otherVersion, { found: version!, expected: RUN_FILE_VERSION });
  if (!/^rlvr-run \d+ \d{1,9} [0-9a-f]{64}$/.test(line))
    refuse(TEXT.noFirstLine, { found: printable(line).slice(0, 60) });

  const body = new Uint8Array(await file.slice(line.length + 1).arrayBuffer());
  const expected = Number(length);
  if (body.length !== expected)
    refuse(body.length < expected ? TEXT.cutOff : TEXT.tooLong, { found: body.length, expected });
  const found = await checksum(body);
  if (found !== sha256) refuse(TEXT.changed, { found: short(found), expected: short(sha256!) });
  return decompressed(body, mostRawBytes);
}

/** As far as `most` bytes; what would grow beyond is never held. */
const decompressed = (body: Uint8Array<ArrayBuffer>, most: number): Promise<Uint8Array> =>
  through(new DecompressionStream('gzip'), [body], most);

/** So much goes through gzip at a time: it works on the thread of the page, 32 kB in some 2 ms. */
const SLICE = 32_768;

/** Sends bytes through a stream, slice by slice with pauses for the page. @throws RunFileError if more than `most` come out. */
async function through(
  stream: CompressionStream | DecompressionStream,
  parts: readonly Uint8Array<ArrayBuffer>[],
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const writer = stream.writable.getWriter();
  const breathe = breather();
  async function write(): Promise<void> {
    for (const part of parts)
      for (let at = 0; at < part.length; at += SLICE) {
        await writer.write(part.subarray(at, at + SLICE));
        await breathe();
      }
    await writer.close();
  }
  // What stops it, the reading end is told too.
  write().catch(() => undefined);
  const reader = stream.readable.getReader();
  const found: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (;;) {
    const next = await reader.read().catch(() => refuse(TEXT.notGzip));
    if (next.done) break;
    size += next.value.length;
    // Read no further, it gets no further: what is not read holds up what is written. Cancelled in the middle of a piece,
    // Node's gzip throws where nobody can catch it.
    if (size > most) refuse(TEXT.bomb, { most: mega(most) });
    found.push(next.value);
    await breathe();
  }
  return joined(found, size);
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Whatever a file begins with, without what no message can show. */
const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '·');

/** What {@link unpacked} gave, line by line and then as bytes. */
export class RawReader {
  #at = 0;
  readonly #raw: Uint8Array;
  constructor(raw: Uint8Array) {
    this.#raw = raw;
  }

  /** The next line without its end; null where none ends within `most` bytes. */
  line(most: number): string | null {
    const end = this.#raw.subarray(this.#at, this.#at + most).indexOf(10);
    if (end < 0) return null;
    const line = new TextDecoder().decode(this.#raw.subarray(this.#at, this.#at + end));
    this.#at += end + 1;
    return line;
  }

  /** How many bytes are left. */
  get left(): number {
    return this.#raw.length - this.#at;
  }

  /** The next little-endian words of 32 bits, in memory of their own. */
  words(count: number): ArrayBuffer {
    const bytes = this.#raw.slice(this.#at, this.#at + 4 * count);
    this.#at += 4 * count;
    if (IS_LITTLE_ENDIAN) return bytes.buffer;
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < bytes.length; i += 4) view.setUint32(i, view.getUint32(i), true);
    return bytes.buffer;
  }
}

const IS_LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/** The bytes of an array as files have them. */
export function wordBytes(array: Float32Array | Int32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(array.byteLength);
  bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  if (IS_LITTLE_ENDIAN) return bytes;
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < bytes.length; i += 4) view.setUint32(i, view.getUint32(i), true);
  return bytes;
}
