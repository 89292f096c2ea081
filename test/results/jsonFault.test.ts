import { expect, test } from 'vitest';
import { jsonFault } from '../../src/results/jsonFault.ts';

test.each([
  // The fault is at the mark.
  ['{"a": ^b}'],
  ['[1, 2^'],
  ['[1 ^2]'],
  ['[1, ^]'],
  ['{"a": 1, ^}'],
  ['{^a: 1}'],
  ['{"a" ^1}'],
  ['{"a": [1, {"b": "c"}^}'],
  ['{"a": "x^\ny"}'],
  ['{"a": "x^\\q"}'],
  ['{"a": "x\\\\", "b": "y\\"^'],
  ['[] ^[]'],
  ['^'],
  ['[0^1]'],
  [`[1,${' '.repeat(3000)}^x]`],
  ['[1,^\u00a02]'],
  ['[-1.5e3, true, null, ^True]'],
])('%s', (marked) => {
  const at = marked.indexOf('^');
  const text = marked.replace('^', '');
  expect(() => JSON.parse(text)).toThrow();
  expect(jsonFault(text)).toBe(at);
});
