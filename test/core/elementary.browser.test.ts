import { expect, test } from 'vitest';
import { ELEMENTARY_BITS, elementaryBits } from './elementaryBits.ts';

test('a browser has the bits that Node has', () => {
  expect(elementaryBits()).toEqual(ELEMENTARY_BITS);
});
