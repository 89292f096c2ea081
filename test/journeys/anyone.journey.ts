import type { Page } from 'playwright';
import { names as ROOM_NAMES } from '../../src/messages/rooms.ts';
import { describe, expect, it } from 'vitest';
import { setInOneFont, violations } from './axe.ts';
import { openMore, seeRooms, tabOf } from './reader.ts';
import { shiftsOf, watchShiftsFromNow } from './shifts.ts';
import { reaches, statusSays, useSite } from './site.ts';

const open = useSite();

const QUICK =
  '#v=2&engine=wasm&prompts=2&group-size=4&eval-problems=12&eval-samples=0&eval-every=2';

const openFolds = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true;
  });

describe('anyone', () => {
  it.each([
    [1440, 'light', 720],
    // A narrow phone, and half of the window: magnified to 200 %.
    [390, 'dark', 360],
  ] as const)(
    'can use the page at %i px in %s, with every card, fold and dialog open',
    async (width, colorScheme, narrow) => {
      const { page, errors } = await open(`${QUICK}&steps=4`, { width, height: 844, colorScheme });
      await statusSays(page, 'ready to train');
      const isOpen = async (title: string): Promise<void> => {
        await page.getByRole('dialog', { name: title }).waitFor();
        expect(await violations(page, { within: 'dialog:modal' }), title).toEqual([]);
      };
      await page.keyboard.press('?');
      await isOpen('Keys');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Share' }).click();
      await isOpen('Share');
      await page.getByRole('button', { name: 'Embed …' }).click();
      await isOpen('Put this run into a page');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog', { name: 'Put' }).waitFor({ state: 'detached' });
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });

      await openFolds(page);
      await page.getByRole('button', { name: 'Step', exact: true }).click();
      await reaches(page, 1);
      await openMore(page);
      expect(await violations(page, { within: '.bar' })).toEqual([]);
      await page.locator('[data-control=more]').click();
      let tables = 0;
      await seeRooms(page, async (room) => {
        if (room === 'update') {
          await page.getByRole('button', { name: /^Look into/ }).click();
          await page.locator('.microscope .said').waitFor();
        }
        await openFolds(page);
        // Those of the stage stay open from the first room on.
        const closed = page.getByRole('button', { name: /: data$/, expanded: false });
        while ((await closed.count()) > 0) await closed.first().click();
        await page.waitForFunction(
          () =>
            document.querySelectorAll('.data table').length ===
            document.querySelectorAll('.tools > button[aria-label$=": data"]').length,
        );
        tables += await page.locator('#rooms .data table').count();
        // From the top, where the bar lies over nothing.
        await page.evaluate(() => scrollTo(0, 0));
        expect(await violations(page, { within: '#rooms' }), room).toEqual([]);

        await page.setViewportSize({ width: narrow, height: 740 });
        await setInOneFont(page);
        await expect
          .poll(() => page.evaluate(() => document.documentElement.scrollWidth), {
            timeout: 30_000,
            message: room,
          })
          .toBeLessThanOrEqual(narrow);
        await page.setViewportSize({ width, height: 844 });
      });
      expect(tables).toBeGreaterThan(4);
      expect(await violations(page)).toEqual([]);
      expect(errors).toEqual([]);
    },
  );

  it('with a keyboard alone skips to the figures, reaches the controls in their order, and opens every room', async () => {
    const { page } = await open(`${QUICK}&steps=4`);
    await statusSays(page, 'ready to train');
    await tabOf(page, 'Problems').waitFor();
    await page.getByRole('slider', { name: 'Held-out pass@k: cursor' }).waitFor();
    await page.getByRole('slider', { name: /^Timeline/ }).waitFor();
    const nameOfFocused = () =>
      page.evaluate(() => {
        const element = document.activeElement as HTMLElement;
        return (element.ariaLabel ?? element.textContent).replace(/\s+/g, ' ').trim();
      });
    /** Goes on by Tab until all of these had the focus, or for long; they have it in this order. */
    const expectOrder = async (wanted: readonly string[]): Promise<void> => {
      const reached: string[] = [];
      while (!reached.includes(wanted.at(-1)!) && reached.length < 60) {
        await page.keyboard.press('Tab');
        reached.push(await nameOfFocused());
      }
      expect(
        reached.filter((name) => wanted.includes(name)),
        reached.join(' | '),
      ).toEqual(wanted);
    };
    const timeline = 'Timeline: the step that all figures show';
    await expectOrder([
      ...['Skip to the figures', '▶ Play', 'Step', 'Reset', 'New here? Guided tour', timeline],
      'More',
    ]);
    // What it opens comes next.
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'New seed' }).waitFor();
    await expectOrder(['New seed', 'Go: run to this step', 'Branch', 'Pin', 'Keys']);
    await expectOrder(['pass@1', 'entropy', 'Another problem', 'Held-out pass@k: cursor']);
    await expectOrder(['Problems']);

    const skip = page.getByRole('link', { name: 'Skip to the figures', exact: true });
    const address = page.url();
    await skip.focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement!.id)).toBe('stage');
    expect(page.url()).toBe(address);
    const top = await page.evaluate(
      () => document.activeElement!.getBoundingClientRect().top / innerHeight,
    );
    expect(top).toBeGreaterThan(0);
    expect(top).toBeLessThan(0.4);

    await tabOf(page, 'Problems').focus();
    const { problems, update, algorithm, measures, runs, studies, results } = ROOM_NAMES;
    for (const name of [update, algorithm, measures, runs, studies, results, problems]) {
      await page.keyboard.press('ArrowRight');
      expect(await nameOfFocused()).toBe(name);
      await page.getByRole('tabpanel', { name, exact: true }).waitFor();
    }
  });

  it('sees nothing move while it trains, in a wide window and on a phone', async () => {
    const { page } = await open(`${QUICK}&steps=30`);
    await tabOf(page, 'Problems').waitFor();
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
    ] as const) {
      await page.setViewportSize({ width, height });
      await statusSays(page, 'ready to train');
      await page.waitForLoadState('networkidle');
      await watchShiftsFromNow(page, 'all');
      // Not by a real click: what moves within half a second of one is not told.
      await page.evaluate(() =>
        document.querySelector<HTMLElement>('[data-control=play]')!.click(),
      );
      await statusSays(page, 'finished at step 30');
      expect((await shiftsOf(page)).told, `${width} px`).toBe('');
      await page.getByRole('button', { name: 'Reset' }).click();
    }
  });
});

it('sees the stage stand still while a recorded run gives way to a live one, and while another task is chosen', async () => {
  const { page } = await open('', { width: 1440, height: 900 });
  await page.locator('[data-headline="pass@1"]', { hasText: '0.347' }).waitFor();
  await page.waitForSelector('[data-card=problems] > *');
  await page.getByLabel('Task', { exact: true }).waitFor();
  await page.waitForLoadState('networkidle');
  await watchShiftsFromNow(page, 'all');
  await page.evaluate(() => document.querySelector<HTMLElement>('[data-control=play]')!.click());
  await reaches(page, 20);
  const playing = await shiftsOf(page);
  expect(playing.score, playing.told).toBeLessThan(0.01);

  await page.getByRole('button', { name: 'Pause' }).click();
  await statusSays(page, 'paused');
  for (const task of ['Maze', 'Programs']) {
    await watchShiftsFromNow(page, 'unasked');
    // As a reader does: what moves at once is what they have asked for.
    await page.getByLabel('Task', { exact: true }).focus();
    await page.keyboard.press(task[0]!);
    const restart = page.getByRole('button', { name: 'Settings changed: restart' });
    if (task === 'Maze') await restart.click();
    await page.locator('[data-card=in-hand] .asks', { hasText: `${task}:` }).waitFor();
    await statusSays(page, 'ready to train');
    await page.locator('[data-answers] li:nth-child(4) > *').first().waitFor();
    await page.waitForLoadState('networkidle');
    const choosing = await shiftsOf(page);
    expect(choosing.score, `${task}: ${choosing.told}`).toBeLessThan(0.01);
  }
});

it('at first sight the recorded run is there with both figures, nothing computes, and Play begins one worker', async () => {
  const scripts: string[] = [];
  const { page, errors } = await open('', {
    width: 1440,
    height: 900,
    before: async (page) =>
      page.on('request', (request) => scripts.push(request.url().split('/').at(-1)!)),
  });
  await page.getByText('Recorded run', { exact: true }).waitFor();
  await page.locator('[data-headline="pass@1"]', { hasText: '0.347' }).waitFor();
  await page.waitForSelector('[data-card=problems] > *');
  // Both begin well within the window, whatever fonts there are.
  const tops = await page
    .locator('#stage figure')
    .evaluateAll((figures) => figures.map((figure) => figure.getBoundingClientRect().top));
  expect(tops.length).toBe(2);
  expect(Math.max(...tops)).toBeLessThanOrEqual(600);
  await page.waitForLoadState('networkidle');
  expect(scripts.filter((name) => /^(worker|engine)/.test(name))).toEqual([]);
  expect(page.workers()).toEqual([]);

  await page.getByRole('button', { name: 'Play' }).click();
  await statusSays(page, 'evaluating the base');
  expect(page.workers().length).toBe(1);
  expect(errors).toEqual([]);
});
