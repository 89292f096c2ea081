import type { Page } from 'playwright';
import { expect } from 'vitest';
import { CONTENT_SECURITY_POLICY } from '../../src/build/contentSecurity.ts';
import { openMore, seeRooms } from './reader.ts';
import { reaches, statusSays, type Site } from './site.ts';

const QUICK =
  'v=2&prompts=4&group-size=8&eval-problems=24&eval-samples=0&eval-every=4&lr=0.003&steps=300';

/** What the policy has forbidden, in the order in which it was tried. */
export const violations = (page: Page) =>
  page.evaluate(() => (window as unknown as { violations: string[] }).violations);

/** The page as a server with a policy in a header gives it, which holds in workers too. */
export async function withHeader(page: Page, policy = CONTENT_SECURITY_POLICY): Promise<void> {
  await page.route('**/*', async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), 'content-security-policy': policy };
    await route.fulfill({ response, headers });
  });
}

export const noted = (page: Page) =>
  page.addInitScript(() => {
    const all: string[] = [];
    Object.assign(window, { violations: all });
    document.addEventListener('securitypolicyviolation', (event) =>
      all.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile}`),
    );
  });

/** Trains, looks at all that there is, and expects that nothing was tried which the policy forbids. */
export async function computesUnderPolicy(
  open: Site['open'],
  engine: string,
  { sent }: { sent: boolean },
): Promise<void> {
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
  await seeRooms(page, async () => {
    for (const data of await page
      .locator('#rooms')
      .getByRole('button', { name: /: data$/ })
      .all())
      await data.click();
  });
  for (const data of await page
    .locator('#stage')
    .getByRole('button', { name: /: data$/ })
    .all())
    await data.click();
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await openMore(page);
  await page.getByRole('button', { name: 'Keys', exact: true }).click();
  await page.keyboard.press('Escape');
  expect(await violations(page)).toEqual([]);
  expect(errors).toEqual([]);
  expect(foreignRequests).toEqual([]);
  expect(await page.context().cookies()).toEqual([]);
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
}

/** Goes from a run to each address: it runs nothing, is named in a notice, and leaves the run on screen. */
export async function withstands(open: Site['open'], addresses: readonly string[]): Promise<void> {
  const { page, errors, foreignRequests } = await open(`#${QUICK}&engine=wasm`, {
    before: noted,
  });
  await statusSays(page, 'ready to train');
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await reaches(page, 1);
  const own = `#${QUICK}&engine=wasm`;
  const messages = page.locator('main > .message');
  for (const hostile of addresses) {
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
}
