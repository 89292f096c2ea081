import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compileKernels, MODULE } from '../../src/build/compileKernels.mjs';
import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import { describeNumbers } from './numbers.ts';
import { distancesOf, SHAPES } from './parity.ts';

const engine = await createWasmEngine();

test('the committed kernels are what their sources compile to', async () => {
  expect(readFileSync(MODULE, 'utf8')).toBe(await compileKernels());
});

describe('beside the reference engine in float64', () => {
  test.each(Object.entries(SHAPES))('%s', async (_, shape) => {
    const distances = await distancesOf(engine, shape, 5);
    console.log(JSON.stringify(distances));
    expect(distances.tokens).toBe(0);
  });
});

describeNumbers(() => engine);
