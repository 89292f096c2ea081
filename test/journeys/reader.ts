import type { Frame, Page } from 'playwright';
import { ROOM_IDS, STUDIES_PARTS, type RoomId, type StudiesPart } from '../../src/ui/rooms/ids.ts';
import { names as ROOM_NAMES } from '../../src/messages/rooms.ts';
import * as ROOM_TEXT from '../../src/messages/rooms.ts';
import { statusSays } from './site.ts';

/** What readers do on the page, and what they read there. */

/** A run of seconds on any machine; its figures have a point every fourth step. */
export const QUICK =
  'v=2&engine=wasm&prompts=4&group-size=8&eval-problems=24&eval-samples=0&eval-every=4&lr=0.003';

export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
export const timeline = (page: Page) => page.getByRole('slider', { name: /^Timeline/ });
/** The step on screen. */
export const stepOf = async (page: Page): Promise<number> =>
  Number(await page.textContent('.step b'));
export const captionOf = (page: Page, title: string) =>
  page.locator('figure', { hasText: title }).first().textContent();
/** What a figure's text for screen readers says, such as `pass@1 from 0.079 to 0.150`. */
export const summaryOf = async (page: Page, title: string): Promise<string> =>
  (await page.getAttribute(`svg[aria-label^="${title}."]`, 'aria-label'))!;

/** Plays a run to its end. */
export async function play(page: Page, steps: number): Promise<void> {
  await statusSays(page, 'ready to train');
  await button(page, 'Play').click();
  await statusSays(page, `finished at step ${steps}`);
}

/** Writes a value into the field of a setting. */
export async function set(page: Page, name: string, value: string): Promise<void> {
  const field = page.getByRole('textbox', { name, exact: true });
  await field.fill(value);
  await field.press('Enter');
}

/** A tab below the stage, or within the room that is open. */
export const tabOf = (page: Page, name: string) =>
  page.locator('#rooms').getByRole('tab', { name, exact: true });
/** The room that is open, if it is this one. */
export const roomOf = (page: Page, room: RoomId) => page.locator(`[data-room=${room}]`);

/** Opens a room below the stage by its tab, and waits until it is there. */
export async function openRoom(page: Page, room: RoomId): Promise<void> {
  await tabOf(page, ROOM_NAMES[room]).click();
  await roomOf(page, room).locator('[data-card]').first().waitFor();
}

/** Opens a part of the room of studies. */
export async function openStudies(page: Page, part: StudiesPart): Promise<void> {
  await openRoom(page, 'studies');
  await tabOf(page, ROOM_TEXT[part]).click();
}

/** Scrolls over the stage and the open room to the end, so that every card is made; stays there. */
async function scrollThrough(page: Page): Promise<void> {
  for (const card of await page.locator('[data-card]').all()) {
    await card.scrollIntoViewIfNeeded();
    await card.locator(':scope > *').first().waitFor();
  }
}

/** Opens every room one after another, each with all its cards made, and has a look there; stays in the last. */
export async function seeRooms(
  page: Page,
  look: (room: RoomId) => Promise<unknown> = async () => undefined,
): Promise<void> {
  for (const room of ROOM_IDS) {
    if ((await tabOf(page, ROOM_NAMES[room]).count()) === 0) continue;
    await openRoom(page, room);
    for (const part of room === 'studies' ? STUDIES_PARTS : [null]) {
      if (part) await tabOf(page, ROOM_TEXT[part]).click();
      await scrollThrough(page);
      await look(room);
    }
  }
}

/** Opens what of the bar is needed less often, where it is not open: speed, seed, run to a step, branch, pin, engine. */
export async function openMore(page: Page | Frame): Promise<void> {
  const more = page.locator('[data-control=more]');
  if ((await more.getAttribute('aria-expanded')) === 'false') await more.click();
  await page.locator('.over .more').waitFor();
}

/** The points of the lines that a figure draws, as they are on screen; those of other runs apart. */
export async function drawn(
  page: Page,
  title: string,
): Promise<{ here: string[]; others: string[][] }> {
  const paths = await page.$$eval(`svg[aria-label^="${title}."] path:not(.band, .rug)`, (found) =>
    found.map((path) => ({
      isFaint: path.classList.contains('faint'),
      points: path.getAttribute('d')!.split(/[ML]/).slice(1),
    })),
  );
  return {
    here: paths.find(({ isFaint }) => !isFaint)!.points,
    others: paths.filter(({ isFaint }) => isFaint).map(({ points }) => points),
  };
}

/** The numbers of a column of the table of runs, in its order. */
export const column = async (page: Page, name: string): Promise<number[]> =>
  (await page.locator(`[data-card=runs] [data-column=${name}]`).allTextContents()).map(Number);

/** How much the page reaches beyond its window, and the smallest type on it; in px. */
export const layoutOf = (page: Page): Promise<{ beyond: number; smallest: number }> =>
  page.evaluate(() => ({
    beyond: document.documentElement.scrollWidth - innerWidth,
    smallest: Math.min(
      ...[...document.querySelectorAll('p, td, th, li, dt, dd, label, text, button, pre')].map(
        (each) => Number.parseFloat(getComputedStyle(each).fontSize),
      ),
    ),
  }));
