import { NAMES } from '../columns.ts';
import type { Head } from '../head.ts';

/** Files that people take for results, and what to take instead. */
interface Other {
  recognises(head: Head): boolean;
  found: string;
  expected: string;
}

const begins =
  (...starts: string[]) =>
  ({ magic }: Head): boolean =>
    starts.some((start) => magic.startsWith(start));
const UTF16 = ['\xff\xfe', '\xfe\xff'];

export const OTHERS: readonly Other[] = [
  {
    recognises: begins('PK\x03\x04', 'PK\x05\x06'),
    found: 'it is a zip',
    expected:
      'the file that is in it; of a log of inspect_ai (.eval), what `inspect log convert --to json` makes of it; of a sheet, what it saves as CSV',
  },
  {
    recognises: begins('\x1f\x8b', '\x28\xb5\x2f\xfd', 'BZh', '\xfd7zXZ', '7z\xbc\xaf'),
    found: 'it is compressed',
    expected: 'the file as it was before, such as after gunzip',
  },
  { recognises: begins('%PDF'), found: 'it is a PDF', expected: 'the table as CSV' },
  {
    recognises: ({ text }) => /^\s*<(?:!doctype|html|head|body|\?xml|!--)/i.test(text),
    found: 'it is a page (HTML)',
    expected: 'the file itself, such as by its Download or Raw link',
  },
  {
    recognises: ({ text, magic, parquet }) =>
      !parquet && !UTF16.some((mark) => magic.startsWith(mark)) && text.includes('\0'),
    found: 'it is no text',
    expected: 'CSV, JSON, JSON Lines or Parquet',
  },
  {
    recognises: ({ text }) => /^version \S+git-lfs\S+\noid /.test(text),
    found: 'it only says where Git LFS keeps the file',
    expected: 'the file itself, such as after `git lfs pull`',
  },
  {
    recognises: ({ json }) =>
      json !== null && json.isList && json.keys.has('pass@1') && json.keys.has('detail'),
    found: 'it is the summary of LiveCodeBench',
    expected: 'the file that ends in _eval_all.json, which has each sample',
  },
  {
    recognises: ({ json }) => json !== null && json.keys.has('results') && json.keys.has('configs'),
    found: 'it has the means of lm-evaluation-harness or lighteval',
    expected:
      'what is written for each document: samples_….jsonl of --log_samples, or details_….parquet',
  },
  {
    recognises: ({ text }) => /^\s*(?:\[\s*\]|\{\s*\})\s*$/.test(text),
    found: 'it is an empty list',
    expected: 'results of at least one problem',
  },
  {
    recognises: ({ json }) =>
      json !== null &&
      json.isWhole &&
      json.keys.has('task_id') &&
      (json.keys.has('completion') || json.keys.has('solution')) &&
      ![...NAMES.verdict, ...NAMES.correct].some((key) => json.keys.has(key)),
    found: 'it has samples of human-eval or EvalPlus before they were evaluated',
    expected: 'what the evaluation writes: …_results.jsonl, or …eval_results.json',
  },
];
