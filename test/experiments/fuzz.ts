import { expect, it } from 'vitest';
import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import { firstNonFinite, randomConfiguration, rowsOfConfiguration } from './configurations.ts';

/** Runs of the first `count` random settings give numbers, within what they can be. */
export function describeRandomConfigurations(count: number): void {
  it(`${count} random configurations train 2 steps on the reference engine, every number finite`, async () => {
    const engine = await createWasmEngine();
    for (let index = 0; index < count; index++) {
      const settings = randomConfiguration(index);
      const rows = await rowsOfConfiguration(engine, settings);
      expect(rows.length, `configuration ${index}`).toBe(3);
      for (const row of rows) {
        expect(firstNonFinite(row), `configuration ${index}: ${JSON.stringify(settings)}`).toBe(
          null,
        );
        expect(row.reward).toBeGreaterThanOrEqual(0);
        expect(row.reward).toBeLessThanOrEqual(1);
        expect(row.entropy).toBeLessThanOrEqual(Math.log(14) + 1e-5);
        for (const p of row.heldOut?.p ?? []) {
          expect(p).toBeGreaterThanOrEqual(0);
          expect(p).toBeLessThanOrEqual(1);
        }
      }
    }
    expect(engine.memory().tensors).toBe(0); // every policy was disposed of
  }, 600_000);
}
