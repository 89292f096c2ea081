import { expect, it } from 'vitest';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import { createWebglEngine } from '../../src/policy/webgl/engine.ts';
import { firstNonFinite, randomConfiguration, rowsOfConfiguration } from './configurations.ts';

it('20 random configurations train 2 steps on WebGL to the rows of the reference engine', async () => {
  const webgl = await createWebglEngine();
  const reference = createReferenceEngine();
  const before = webgl.memory();
  for (let index = 0; index < 20; index++) {
    const settings = randomConfiguration(index);
    const expected = await rowsOfConfiguration(reference, settings);
    const rows = await rowsOfConfiguration(webgl, settings);
    const where = `configuration ${index}: ${JSON.stringify(settings)}`;
    expect(rows.length).toBe(expected.length);
    rows.forEach((row, step) => {
      const twin = expected[step]!;
      expect(firstNonFinite(row), where).toBe(null);
      expect(Math.abs(row.entropy - twin.entropy), `${where}, step ${step}, entropy`).toBeLessThan(
        2e-3,
      );
      expect(row.reward, `${where}, step ${step}, reward`).toBe(twin.reward);
      row.heldOut?.p.forEach((p, i) => {
        const other = twin.heldOut!.p[i]!;
        expect(Math.abs(p - other), `${where}, step ${step}, p`).toBeLessThan(1e-6 + 0.02 * other);
      });
    });
  }
  expect(webgl.memory()).toEqual(before);
  webgl.dispose();
}, 120_000);
