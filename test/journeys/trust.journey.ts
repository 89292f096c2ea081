import { describe, expect, it } from 'vitest';
import { CONTENT_SECURITY_POLICY, WASM } from '../../src/build/contentSecurity.ts';
import { HOSTILE } from './hostile.ts';
import { noted, violations, withHeader, withstands } from './policy.ts';
import { openMore } from './reader.ts';
import { reaches, statusSays, useSite } from './site.ts';

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

  it('that a server sends without WebAssembly has it train in TypeScript, and the badge say why', async () => {
    const { page, errors } = await open('#prompts=4&group-size=8&eval-problems=24&steps=2', {
      before: (each) => withHeader(each, CONTENT_SECURITY_POLICY.replace(` ${WASM}`, '')),
    });
    await statusSays(page, 'ready to train');
    await openMore(page);
    const badge = page.locator('.badge');
    await badge.locator('summary', { hasText: 'plain TypeScript' }).click();
    expect(await badge.textContent()).toMatch(/WebAssembly cannot run here: .*Content Security/);
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await reaches(page, 1);
    expect(errors).toEqual([]);
  });
});

/** One of eight: all are tried by `npm run test:long`, and without a page by the tests of the permalink. */
const SOME = HOSTILE.filter((_, i) => i % 8 === 0);
it(`withstands ${SOME.length} hostile addresses`, () => withstands(open, SOME));
