import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { CONTENT_SECURITY_POLICY } from '../../src/build/contentSecurity.ts';
import { reaches, scrollThrough, statusSays, useSite } from './site.ts';

const open = useSite();
const QUICK =
  'prompts=4&group-size=8&eval-problems=24&eval-samples=0&eval-every=4&lr=0.003&steps=300';

/** What the policy has forbidden, in the order in which it was tried. */
const violations = (page: Page) =>
  page.evaluate(() => (window as unknown as { violations: string[] }).violations);

/** The page as a server with the policy in a header gives it, which holds in workers too. */
async function withHeader(page: Page): Promise<void> {
  await page.route('**/*', async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), 'content-security-policy': CONTENT_SECURITY_POLICY };
    await route.fulfill({ response, headers });
  });
}

const noted = (page: Page) =>
  page.addInitScript(() => {
    const all: string[] = [];
    Object.assign(window, { violations: all });
    document.addEventListener('securitypolicyviolation', (event) =>
      all.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile}`),
    );
  });

describe('the page under its policy', () => {
  it.each([
    ['reference', 'as a file', false],
    ['webgl', 'as a file', false],
    ['webgl', 'sent by a server', true],
  ])(
    'computes on %s with the policy %s, and tries nothing that it forbids',
    async (engine, _, sent) => {
      const { page, errors, foreignRequests } = await open(`#${QUICK}&engine=${engine}`, {
        before: async (each) => {
          await noted(each);
          if (sent) await withHeader(each);
        },
      });
      await statusSays(page, 'ready to train');
      await page.getByRole('button', { name: 'Play' }).click();
      await reaches(page, 6);
      await page.getByRole('button', { name: 'Pause' }).click();
      await scrollThrough(page);
      for (const data of await page.getByRole('button', { name: /: data$/ }).all())
        await data.click();
      await page.getByRole('button', { name: 'Share', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
      await page.getByRole('button', { name: 'Keys', exact: true }).click();
      await page.keyboard.press('Escape');
      expect(await violations(page)).toEqual([]);
      expect(errors).toEqual([]);
      expect(foreignRequests).toEqual([]);
      expect(await page.context().cookies()).toEqual([]);
      expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([
        0, 0,
      ]);
    },
  );

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
