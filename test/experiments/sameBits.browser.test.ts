import { expect, test } from 'vitest';
import { RUN_BITS, runBits } from './sameBits.ts';

test('a seed gives the same base, parameters and rows to the last bit as in Node', async () => {
  expect(await runBits()).toEqual(RUN_BITS);
});
