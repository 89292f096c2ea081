import { describe, expect, it } from 'vitest';
import { fileOf, reasonOf } from '../../src/parts/reason.ts';

const PAGE = 'https://a.site/page/';
const FILE = 'https://a.site/page/assets/Metrics-1a.js';
/** As Chromium, Firefox, Safari and Vite say it. */
const ERRORS = {
  chromium: new TypeError(`Failed to fetch dynamically imported module: ${FILE}`),
  firefox: new TypeError(`error loading dynamically imported module: ${FILE}`),
  safari: new TypeError('Importing a module script failed.'),
  vite: new Error(`Unable to preload CSS for ${FILE}`),
};
const OLD = '<script src="./assets/index-1a.js"></script>';
const NEWER = '<script src="./assets/index-2b.js"></script>';

const reason = (error: Error, attempt: number, site: Readonly<Record<string, string>>) =>
  reasonOf({
    ...{ error, attempt, page: PAGE, script: './assets/index-1a.js' },
    read: (address) => Promise.resolve(site[address] ?? null),
  });

describe('why a file cannot be had', () => {
  it('is that the page is an older one, where its address has another', async () => {
    expect(await reason(ERRORS.chromium, 1, { [PAGE]: NEWER })).toBe('replaced');
    expect(await reason(ERRORS.safari, 2, { [PAGE]: NEWER })).toBe('replaced');
  });

  it('may be anything where the page is the same, or cannot be had either', async () => {
    expect(await reason(ERRORS.chromium, 1, { [PAGE]: OLD })).toBe('missing');
    expect(await reason(ERRORS.chromium, 1, { [PAGE]: OLD, [FILE]: '' })).toBe('missing');
    expect(await reason(ERRORS.firefox, 3, { [PAGE]: OLD })).toBe('missing');
    expect(await reason(ERRORS.safari, 2, { [PAGE]: OLD, [FILE]: '' })).toBe('missing');
    expect(await reason(ERRORS.chromium, 1, {})).toBe('missing');
  });

  it('is that the browser does not ask again, where the file is there and a second attempt fails', async () => {
    expect(await reason(ERRORS.firefox, 2, { [PAGE]: OLD, [FILE]: '' })).toBe('remembered');
  });

  it('names the file where the browser does', () => {
    expect(Object.values(ERRORS).map(fileOf)).toEqual([FILE, FILE, null, FILE]);
  });
});
