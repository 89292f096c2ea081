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

/** Scripts that would leave a trace if they ran, wherever an address is shown. */
const HARM = [
  '<img src=x onerror=window.harmed=1>',
  '<script>window.harmed=1</script>',
  '"><svg onload=window.harmed=1>',
  "'-(window.harmed=1)-'",
  'javascript:window.harmed=1',
  '${window.harmed=1}',
  '{{constructor.constructor("window.harmed=1")()}}',
];
const PROTOTYPES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];
const KEYS = ['seed', 'preset', 'step', 'theme', 'hide', 'figures', 'algorithm', 'lang'];

/** Some fifty addresses, each with something in it that the page must not take. */
const HOSTILE: readonly string[] = [
  ...KEYS.flatMap((key, i) =>
    [0, 3].map((more) => `${key}=${encodeURIComponent(HARM[(i + more) % HARM.length]!)}`),
  ),
  ...HARM.map((text) => encodeURIComponent(text)),
  ...HARM.slice(0, 3),
  ...PROTOTYPES,
  ...PROTOTYPES.map((name) => `${name}=1`),
  ...PROTOTYPES.map((name) => `preset=${name}`),
  '__proto__[harmed]=1',
  ...['seed=%', 'seed=%E0%A4%A', '%', '%%%=%%%', 'task=%ZZ', '%00=%00'],
  ...['step=1e999', 'seed=NaN', 'steps=-0x', 'v=99999999999999999999'],
  ...[`seed=${'9'.repeat(20_000)}`, `${'x'.repeat(50_000)}=1`, 'seed=x&'.repeat(2000)],
];

describe('a hostile address', () => {
  it(`of ${HOSTILE.length} kinds runs nothing, is named in a notice, and leaves the run on screen`, async () => {
    const { page, errors, foreignRequests } = await open(`#${QUICK}&engine=reference`, {
      before: noted,
    });
    await statusSays(page, 'ready to train');
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await reaches(page, 1);
    const own = `#${QUICK}&engine=reference`;
    const messages = page.locator('main > .message');
    for (const hostile of HOSTILE) {
      await page.evaluate((hash) => (location.hash = hash), `${own}&${hostile}`);
      await messages.first().waitFor();
      expect(await messages.first().textContent(), hostile.slice(0, 80)).toMatch(
        /^\s*(In the link|The link)/,
      );
      expect((await messages.first().textContent())!.length).toBeLessThan(600);
      // An address may be wrong in thousands of places.
      expect(await messages.count()).toBeLessThanOrEqual(7);
      await page.evaluate(async () => {
        const next = () =>
          document.querySelector<HTMLButtonElement>('main > .message[role=status] button');
        for (let button = next(); button; button = next()) {
          button.click();
          await Promise.resolve();
        }
      });
      await messages.first().waitFor({ state: 'detached' });
      expect(await page.textContent('.step b'), hostile.slice(0, 80)).toBe('1');
    }
    expect(await page.evaluate(() => (window as { harmed?: number }).harmed)).toBeUndefined();
    expect(await page.evaluate(() => ({}) as { harmed?: number })).toEqual({});
    expect(await violations(page)).toEqual([]);
    // The run that was there goes on.
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await reaches(page, 2);
    expect(errors).toEqual([]);
    expect(foreignRequests).toEqual([]);
  });
});
