import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settingsOver } from '../../../src/run/settings.ts';
import { presetSettings } from '../../../src/run/presetOf.ts';
import { knownOf } from '../../../src/ui/embed/seen.ts';

/** The site's own files. */
const fromDisk = (url: URL): Promise<Response> =>
  Promise.resolve(
    new Response(readFileSync(new URL(`../../../public${url.pathname}`, import.meta.url))),
  );

beforeEach(() => {
  vi.stubGlobal('document', { querySelector: () => null, baseURI: 'https://site.example/' });
  vi.stubGlobal('fetch', fromDisk);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('what is known of a run before it is made', () => {
  it('is all of a recorded one, and of any other the first problems of its base', async () => {
    const crossing = presetSettings('crossing');
    const { recorded, seen } = await knownOf(crossing);
    expect(recorded).toMatchObject({ preset: 'crossing', step: 300 });
    expect(seen.p).toHaveLength(200);
    const few = await knownOf({ ...crossing, evalProblems: 12 });
    expect(few.recorded).toBeNull();
    expect(few.seen.p).toBeUndefined();
    expect(few.seen.baseP).toHaveLength(12);
  });

  it('is nothing of the problems beyond where steps are written: no entry tells the answers with right ones', async () => {
    const beyondOf = async (task: 'countdown' | 'countdown-steps') =>
      (await knownOf(settingsOver({ task, prior: 'narrow', seed: 7, evalProblems: 10 }))).seen
        .beyond;
    expect((await beyondOf('countdown'))!.baseP).toHaveLength(10);
    expect(await beyondOf('countdown-steps')).toEqual({});
  });

  it.each([
    ['that cannot be had', () => Promise.reject(new TypeError('no network'))],
    ['that is not there', () => Promise.resolve(new Response('', { status: 404 }))],
    [
      'that breaks off',
      () => Promise.resolve({ ok: true, text: () => Promise.reject(new TypeError('cut')) }),
    ],
  ])('is nothing of a file %s', async (_, fetched) => {
    vi.stubGlobal('fetch', fetched);
    const known = { recorded: null, seen: { steps: 300 } };
    expect(await knownOf(presetSettings('crossing'))).toEqual(known);
  });
});
