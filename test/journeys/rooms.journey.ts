import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { names as ROOM_NAMES } from '../../src/messages/rooms.ts';
import { violationsOfBothSchemes } from './axe.ts';
import { soon } from './keeping.ts';
import { cells } from './problemCard.ts';
import { button, openRoom, QUICK, roomOf, seeRooms, set, stepOf, tabOf } from './reader.ts';
import { reaches, statusSays, useSite } from './site.ts';

const open = useSite();

const hand = (page: Page) => page.locator('[data-card=in-hand]');
const answers = (page: Page) => hand(page).locator('[data-answers] li .answer');
/** The problem in hand, as it stands on the stage. */
const problemOf = (page: Page) => hand(page).locator('.problem').textContent();
const hash = (page: Page): URLSearchParams =>
  new URLSearchParams(new URL(page.url()).hash.slice(1));

describe('the problem in hand', () => {
  it('has recorded answers with verdicts, at every step; another one takes its place, and stands in the address', async () => {
    const { page, errors } = await open();
    await answers(page).nth(3).waitFor();
    expect(await answers(page).count()).toBe(4);
    // Those of now, and those of the base beside them.
    for (const list of ['[data-answers]', '[data-base]'])
      expect(
        await hand(page)
          .locator(list)
          .getByRole('img', { name: /^(right|wrong)$/ })
          .count(),
      ).toBe(4);
    await hand(page).getByText('After 300 training steps it answers:').waitFor();
    const first = await problemOf(page);

    // The recording has them along the way.
    const last = await answers(page).allTextContents();
    await page.getByRole('slider', { name: /^Timeline/ }).press('Home');
    await hand(page).getByText('Before training the policy answers:').waitFor();
    expect(await answers(page).count()).toBe(4);
    expect(await answers(page).allTextContents()).not.toEqual(last);
    await page.getByRole('slider', { name: /^Timeline/ }).press('End');

    await button(page, 'Another problem').click();
    await soon(() => problemOf(page)).not.toBe(first);
    expect(await answers(page).count()).toBe(4);
    await soon(() => hash(page).get('problem')).toMatch(/^\d+$/);
    const second = await problemOf(page);
    expect(page.workers()).toEqual([]);
    await page.reload();
    await answers(page).nth(3).waitFor();
    expect(await problemOf(page)).toBe(second);
    expect(errors).toEqual([]);
  });

  it('is answered by the run that trains, again and again, and stays in hand', async () => {
    const { page, errors } = await open(`#${QUICK}&steps=100000`);
    await statusSays(page, 'ready to train');
    await button(page, 'Play').click();
    const told = async (): Promise<number> =>
      Number(
        /After ([\d,]+) training steps it answers/
          .exec((await hand(page).textContent())!)?.[1]
          ?.replace(',', '') ?? 0,
      );
    await soon(told).toBeGreaterThan(0);
    const [problem, step] = [await problemOf(page), await told()];
    await soon(told).toBeGreaterThan(step);
    expect(await problemOf(page)).toBe(problem);
    expect(await answers(page).count()).toBe(4);
    await button(page, 'Pause').click();
    await statusSays(page, 'paused');
    // Then they are those of the last step.
    const paused = await stepOf(page);
    await soon(told).toBe(paused);
    await button(page, /^Step$/).click();
    await reaches(page, paused + 1);
    await soon(told).toBe(paused + 1);
    expect(errors).toEqual([]);
  });

  it('is the one that is chosen on the map of the problems', async () => {
    const { page } = await open();
    await answers(page).nth(3).waitFor();
    await openRoom(page, 'problems');
    const title = page.locator('#problem-title');
    await page.locator('[data-card=problem]').scrollIntoViewIfNeeded();
    await title.waitFor();
    expect(await title.textContent()).toContain(await problemOf(page));
    const before = await problemOf(page);
    const cell = cells(page).nth(7);
    await cell.click();
    await soon(() => problemOf(page)).not.toBe(before);
    expect(await title.textContent()).toContain(await problemOf(page));
    await roomOf(page, 'problems').getByText('Chosen by you.').waitFor();
    // It has no recorded answers, so that the base gives some.
    await hand(page).getByText('Before training the policy answers:').waitFor();
    await answers(page).nth(3).waitFor();
    await button(page, 'Another problem').click();
    await soon(() => problemOf(page)).toBe(before);
    await soon(() => title.textContent()).toContain(before);
  });
});

describe('the rooms', () => {
  it('are opened by pointer and by arrow keys, named in the address, and gone Back from without a change to the run', async () => {
    const { page, errors } = await open(`#${QUICK}&steps=100000`);
    await statusSays(page, 'ready to train');
    expect(hash(page).get('room')).toBe(null);
    await button(page, 'Play').click();
    await reaches(page, 5);
    await button(page, 'Pause').click();
    await statusSays(page, 'paused');
    const step = await stepOf(page);
    const isOpen = async (room: keyof typeof ROOM_NAMES, named: string | null): Promise<void> => {
      await roomOf(page, room).locator('[data-card]').first().waitFor({ state: 'attached' });
      expect(await page.locator('[data-room]').count()).toBe(1);
      expect(await tabOf(page, ROOM_NAMES[room]).getAttribute('aria-selected')).toBe('true');
      await soon(() => hash(page).get('room')).toBe(named);
    };
    await openRoom(page, 'update');
    await isOpen('update', 'update');
    await tabOf(page, 'One update').press('ArrowRight');
    await isOpen('algorithm', 'algorithm');
    await page.keyboard.press('End');
    await isOpen('results', 'results');
    await page.keyboard.press('ArrowRight');
    await isOpen('problems', null);
    // The arrows moved between tabs, and took no step.
    expect(await stepOf(page)).toBe(step);

    // What is changed stays changed, and the run is the same one.
    await set(page, 'Learning rate', '0.05');
    await page.goBack();
    await isOpen('results', 'results');
    await page.goBack();
    await isOpen('algorithm', 'algorithm');
    await page.goForward();
    await isOpen('results', 'results');
    expect(await stepOf(page)).toBe(step);
    expect(await page.getByLabel('Learning rate', { exact: true }).inputValue()).toBe('0.05');

    // Another run is not undone by Back either; the address is that of the run on screen.
    const restart = button(page, 'Settings changed: restart');
    await restart.click();
    await statusSays(page, 'ready to train');
    expect(await stepOf(page)).toBe(0);
    await restart.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'New here? Guided tour' }).waitFor();
    await page.goBack();
    await isOpen('algorithm', 'algorithm');
    expect(await page.getByLabel('Learning rate', { exact: true }).inputValue()).toBe('0.05');
    await soon(() => hash(page).get('lr')).toBe('0.05');
    expect(errors).toEqual([]);
  });

  it('follow links: one is opened by its name, an unknown one is named in a notice; Back from a link is another run', async () => {
    const { page, errors } = await open(`#${QUICK}&steps=30&room=measures`);
    await page.locator('[data-card=metrics]').waitFor({ state: 'attached' });
    await statusSays(page, 'ready to train');
    await page.evaluate((quick) => (location.hash = `${quick}&steps=40&room=cellar`), QUICK);
    await page.getByText("The link has an unknown room 'cellar'; it is ignored.").waitFor();
    await roomOf(page, 'problems').waitFor({ state: 'attached' });
    await statusSays(page, 'ready to train 40 steps');
    await soon(() => hash(page).has('room')).toBe(false);
    await page.goBack();
    await statusSays(page, 'ready to train 30 steps');
    await page.locator('[data-card=metrics]').waitFor({ state: 'attached' });
    expect(errors).toEqual([]);
  });

  it('are at most two screens high, and say in two lines what a figure shows', async () => {
    const { page } = await open();
    await answers(page).nth(3).waitFor();
    await seeRooms(page, async (room) => {
      const { height, lines } = await page.evaluate(() => ({
        height: document.querySelector('.room')!.clientHeight,
        lines: [...document.querySelectorAll('.room figcaption p, .room p.cut')].map(
          (text) => text.clientHeight / parseFloat(getComputedStyle(text).lineHeight),
        ),
      }));
      expect(height, room).toBeLessThanOrEqual(2 * 900);
      for (const count of lines) expect(count, room).toBeLessThan(2.5);
    });
  });

  it('have nothing that axe finds, at first sight and with what the bar has more', async () => {
    const { page } = await open();
    await answers(page).nth(3).waitFor();
    await page.locator('[data-card=problems] > *').first().waitFor();
    await page.locator('[data-control=more]').click();
    await page.locator('.badge').waitFor();
    expect(await violationsOfBothSchemes(page)).toEqual([]);
  });
});

it('a maze in hand is answered by walks, with what is said of each', async () => {
  const { page } = await open(
    '#task=maze&engine=wasm&prompts=2&group-size=4&eval-problems=12&eval-samples=0',
  );
  await statusSays(page, 'ready to train');
  const walks = hand(page).locator('[data-answers] li svg[role=img]');
  await walks.nth(3).waitFor();
  for (const walk of await walks.all())
    expect(await walk.getAttribute('aria-label')).toMatch(/^[↑→↓← ]*: \S/);
});
