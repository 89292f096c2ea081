import { expect, it } from 'vitest';
import type { Engine } from '../../../src/policy/policy.ts';
import { firstNonFinite, randomConfiguration, rowsOfConfiguration } from '../configurations.ts';
import { reference } from './base.ts';

/** Runs of random settings have the same rows on both engines. */
export function describeConfigurations(webgl: () => Engine, count: number): void {
  it.each(Array.from({ length: count }, (_, index) => index))(
    'random configuration %d trains 2 steps on WebGL to the rows of the reference engine',
    async (index) => {
      const engine = webgl();
      const before = engine.memory();
      const settings = randomConfiguration(index);
      const where = JSON.stringify(settings);
      const expected = await rowsOfConfiguration(reference, settings);
      const rows = await rowsOfConfiguration(engine, settings);
      expect(rows.length).toBe(expected.length);
      rows.forEach((row, step) => {
        const twin = expected[step]!;
        const at = `${where}, step ${step}`;
        expect(firstNonFinite(row), at).toBe(null);
        expect(Math.abs(row.entropy - twin.entropy), `${at}, entropy`).toBeLessThan(2e-3);
        expect(row.reward, `${at}, reward`).toBe(twin.reward);
        row.heldOut?.p.forEach((p, i) => {
          const other = twin.heldOut!.p[i]!;
          expect(Math.abs(p - other), `${at}, p`).toBeLessThan(1e-6 + 0.02 * other);
        });
      });
      expect(engine.memory()).toEqual(before);
    },
  );
}
