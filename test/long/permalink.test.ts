import { expect, it } from 'vitest';
import { expectLinksSurvive } from '../run/linkParts.ts';

it('2,000 mutated links leave settings valid, and every part taken or named', () => {
  const lost = expectLinksSurvive(2000);
  // What was lost was of every kind: settings, parts of the view, the preset, the version, and names that are none.
  for (const flag of ['seed', 'algorithm', 'view', 'step', 'theme', 'preset', 'v', '__proto__'])
    expect(lost).toContain(flag);
  expect(lost.size).toBeGreaterThan(200);
});
