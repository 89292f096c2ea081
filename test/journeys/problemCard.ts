import type { Page } from 'playwright';
import { expect } from 'vitest';
import { openRoom, roomOf } from './reader.ts';
import { statusSays, type OpenOptions, type Site } from './site.ts';

export const SETTINGS =
  '#v=2&engine=wasm&prompts=8&group-size=8&steps=30&eval-every=2&eval-problems=24&eval-samples=0&lr=0.003';

/** A page whose room of problems is open and in sight, with a tree in it. */
export async function openProblems(open: Site['open'], options: OpenOptions = {}) {
  const opened = await open(SETTINGS, options);
  await statusSays(opened.page, 'ready to train');
  await seeProblem(opened.page);
  await opened.page.waitForSelector('svg[data-step]');
  return opened;
}
export const card = (page: Page) => roomOf(page, 'problems');
/** Opens the room, and goes as far as the card of the problem in hand. */
export async function seeProblem(page: Page): Promise<void> {
  await openRoom(page, 'problems');
  await page.locator('[data-card=problem]').scrollIntoViewIfNeeded();
}
export const cells = (page: Page) => page.locator('[role=gridcell]');
export const titleOf = (page: Page): Promise<string | null> => page.textContent('#problem-title');

export async function train(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Play' }).click();
  await statusSays(page, 'finished at step 30');
  await page.waitForSelector('svg[data-step="30"]');
}

/** p of base and now, to all digits, of the table of right answers. */
export async function sums(page: Page): Promise<{ base: number; now: number }> {
  const row = page.locator('tr[data-p-base]');
  return {
    base: Number(await row.getAttribute('data-p-base')),
    now: Number(await row.getAttribute('data-p-now')),
  };
}
/** What the open cell of the map says of p, once it is drawn, which is some frames after the other figures. */
export async function ofMap(page: Page): Promise<{ base: number; now: number }> {
  await page.waitForTimeout(200);
  const label = await page.getAttribute('[role=gridcell][aria-selected=true]', 'aria-label');
  const [, base, now] = /p base ([0-9.e-]+), now ([0-9.e-]+)/.exec(label!.replaceAll('e−', 'e-'))!;
  return { base: Number(base), now: Number(now) };
}
/** Equal but for the digits that the map leaves out: 0.12 or 1.2e-5. */
export function expectSame(told: number, exact: number): void {
  expect(Math.abs(told - exact)).toBeLessThanOrEqual(0.051 * exact);
}
