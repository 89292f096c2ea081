import { expect, test } from 'vitest';
import { eachLine, headOf, jsonOf } from '../../src/results/source.ts';
import { readResults } from '../../src/results/read.ts';
import { plainly, sourceOf } from './examples.ts';

const linesOf = async (...parts: BlobPart[]) => {
  const lines: [string, number][] = [];
  await eachLine(sourceOf('a', ...parts), (text, line) => void lines.push([text, line]));
  return lines;
};

const utf16 = (text: string, isLittle: boolean) => {
  const bytes = new DataView(new ArrayBuffer(2 * text.length));
  for (let i = 0; i < text.length; i++) bytes.setUint16(2 * i, text.charCodeAt(i), isLittle);
  return bytes;
};

test('lines end in \\n or \\r\\n, the last one in nothing; blank ones count', async () => {
  expect(await linesOf('a\r\nb\n\nc\rd')).toEqual([
    ['a', 1],
    ['b', 2],
    ['', 3],
    ['c\rd', 4],
  ]);
  expect(await linesOf('a\n')).toEqual([['a', 1]]);
  expect(await linesOf('')).toEqual([]);
});

test('a byte order mark is none of the text, and says how it is written', async () => {
  const text = '\ufeffä\u{1f600}\r\nb';
  const lines = [
    ['ä\u{1f600}', 1],
    ['b', 2],
  ];
  for (const part of [text, utf16(text, true), utf16(text, false)]) {
    expect(await linesOf(part)).toEqual(lines);
    expect(await headOf(sourceOf('a', part))).toBe('ä\u{1f600}\r\nb');
  }
});

test('a table of UTF-16, as sheets save Unicode text', async () => {
  const part = utf16('\ufeffproblem\tn\tcorrect\r\nä\t4\t1\r\n', true);
  const { models } = await readResults(sourceOf('a.txt', part));
  expect(plainly(models)).toEqual([['a', ['ä', 4, 1]]]);
});

test('what is cut between the bytes of a character is whole again', async () => {
  // 65,536 bytes come at a time: three bytes each do not end there.
  const text = '€'.repeat(100_000);
  expect(await linesOf(`${text}\n${text}`)).toEqual([
    [text, 1],
    [text, 2],
  ]);
  expect(await headOf(sourceOf('a', text))).toBe('€'.repeat(65_536));
});

test('lines over pieces of a file are what split gives', async () => {
  const lines = Array.from({ length: 3000 }, (_, i) => 'x'.repeat((i * 7919) % 997));
  const found = await linesOf(lines.join('\n'));
  expect(found.map(([text]) => text)).toEqual(lines);
  expect(found.map(([, line]) => line)).toEqual(lines.map((_, i) => i + 1));
});

test('20 MB of lines, one of 10 MB, in pieces that are told', async () => {
  const short = new Blob(['p1,1\n'.repeat(200_000)]);
  const long = `p2,1,"${'x'.repeat(10_000_000)}"\n`;
  const source = sourceOf('a.csv', 'id,correct,text\n', ...Array<Blob>(10).fill(short), long);
  const told: number[] = [];
  const { models } = await readResults(source, {}, (bytes) => void told.push(bytes));
  expect(plainly(models)).toEqual([['a', ['p1', 2_000_000, 2_000_000], ['p2', 1, 1]]]);
  expect(told.length).toBeGreaterThan(100);
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  expect(told.at(-1)).toBe(source.blob.size);
});

test('a file without ends of lines is refused before it fills the memory', async () => {
  const part = new Blob(['x'.repeat(1024 * 1024)]);
  const source = sourceOf('a.txt', ...Array<Blob>(200).fill(part));
  let told = 0;
  const reading = eachLine(
    source,
    () => {},
    (bytes) => void (told = bytes),
  );
  await expect(reading).rejects.toThrow(/^a.txt, line 1: .*64 million/);
  expect(told).toBeLessThan(70 * 1024 * 1024);
});

test('NaN and infinities of Python are null, unless they are in a text', async () => {
  const json = '{"a": NaN, "NaN": [-Infinity, Infinity], "b": "NaN \\" NaN", "c\\\\": NaN}';
  expect(await jsonOf(sourceOf('a', json))).toEqual({
    a: null,
    NaN: [null, null],
    b: 'NaN " NaN',
    'c\\': null,
  });
});

test('a document of more than is held', async () => {
  const part = new Blob(['x'.repeat(1024 * 1024)]);
  const source = sourceOf('a.json', ...Array<Blob>(385).fill(part));
  await expect(jsonOf(source)).rejects.toThrow(/385 MB.*at most 384 MB/);
});

test('what is no UTF-8 is refused with its line, and what it may be', async () => {
  // é of Windows-1252 is one byte.
  const text = `problem,n,correct\n${'p€,8,1\n'.repeat(20_000)}`;
  const part = new Uint8Array([0xe9, ...new TextEncoder().encode('1,8,1\n')]);
  await expect(readResults(sourceOf('a.csv', text, part))).rejects.toThrow(
    /^a.csv, line 20002: it is not UTF-8: it may be Windows-1252 or Latin-1.*CSV UTF-8/,
  );
});
