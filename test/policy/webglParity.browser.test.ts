import { describe, expect, test } from 'vitest';
import { beyondRounding, distancesOf, SHAPES, someShapes } from './parity.ts';
import { describeParity } from './parityTests.ts';
import { sharedWebgl } from './sharedWebgl.ts';

describe('programs that read by texelFetch, as on a GPU; no renderer in software does so by itself', () => {
  const webgl = sharedWebgl({ reads: 'texelFetch' });

  test.each(['nothing round', 'one layer, one head, one response token'])(
    'draw, score and train as the reference does: %s',
    async (name) => {
      expect(beyondRounding(await distancesOf(webgl(), SHAPES[name]!, 3))).toEqual({});
    },
  );
});

describe('programs that read as is faster here', () => {
  describeParity(
    sharedWebgl(),
    someShapes('three layers, heads of 5 channels', 'nothing round'),
    3,
  );
});
