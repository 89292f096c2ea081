import { describe, expect, it } from 'vitest';
import { HOSTILE } from './hostile.ts';
import { noted, violations, withstands } from './policy.ts';
import { useSite } from './site.ts';

const open = useSite();

describe('the page under its policy', () => {
  it('is held: a script in the page, one from elsewhere and text that would run do not run', async () => {
    const { page } = await open('', { before: noted });
    await page.waitForSelector('h1');
    await page.evaluate(() => {
      const inline = document.createElement('script');
      inline.textContent = 'window.harmed = 1';
      const foreign = document.createElement('script');
      foreign.src = 'https://elsewhere.example/harm.js';
      document.head.append(inline, foreign);
      document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="window.harmed = 1">');
      fetch('https://elsewhere.example/take').catch(() => undefined);
    });
    await expect.poll(async () => (await violations(page)).length).toBeGreaterThanOrEqual(4);
    expect((await violations(page)).map((each) => each.split(':')[0]).sort()).toEqual(
      expect.arrayContaining(['connect-src', 'script-src-attr', 'script-src-elem']),
    );
    expect(await page.evaluate(() => (window as { harmed?: number }).harmed)).toBeUndefined();
  });
});

/** One of eight: all are tried by `npm run test:long`, and without a page by the tests of the permalink. */
const SOME = HOSTILE.filter((_, i) => i % 8 === 0);
it(`withstands ${SOME.length} hostile addresses`, () => withstands(open, SOME));
