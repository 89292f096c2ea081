import { describe, it } from 'vitest';
import { HOSTILE } from '../journeys/hostile.ts';
import { computesUnderPolicy, withstands } from '../journeys/policy.ts';
import { useSite } from '../journeys/site.ts';

const open = useSite({ webgl: true });

describe('the page under its policy', () => {
  it.each([
    ['reference', 'as a file', false],
    ['reference', 'sent by a server', true],
    ['wasm', 'as a file', false],
    ['wasm', 'sent by a server', true],
    ['webgl', 'as a file', false],
    ['webgl', 'sent by a server', true],
  ])('computes on %s with the policy %s, and tries nothing that it forbids', (engine, _, sent) =>
    computesUnderPolicy(open, engine, { sent }),
  );
});

it(`withstands ${HOSTILE.length} hostile addresses`, () => withstands(open, HOSTILE));
