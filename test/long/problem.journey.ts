import type { Locator, Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import {
  SETTINGS,
  card,
  cells,
  titleOf,
  train,
  sums,
  ofMap,
  expectSame,
  openProblems,
  seeProblem,
} from '../journeys/problemCard.ts';
import { reaches, statusSays, useSite, type OpenOptions } from '../journeys/site.ts';

const openPage = useSite();

const open = (options?: OpenOptions) => openProblems(openPage, options);

/** Between two steps an answer can come in an instant, too soon for anybody to cancel it: here each takes a while longer. */
const answerLate = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const { set } = Object.getOwnPropertyDescriptor(Worker.prototype, 'onmessage')!;
    Object.defineProperty(Worker.prototype, 'onmessage', {
      set(this: Worker, listen: (event: MessageEvent<{ kind: string }>) => void) {
        set!.call(this, (event: MessageEvent<{ kind: string }>) => {
          if (event.data.kind === 'answer') setTimeout(() => listen(event), 1500);
          else listen(event);
        });
      },
    });
  });

/** Moves the slider of the checkpoints to its left end, or a step to the right. */
const slide = (page: Page, key: 'Home' | 'ArrowRight') =>
  page.getByRole('slider', { name: 'Checkpoint' }).press(key);

describe('the opened problem', () => {
  it('has the base before training; after it both, whose right answers add up to the p of the map', async () => {
    const { page, errors } = await open();
    await page.getByText('Press Play to add').waitFor();
    // Beside the recording: the problem in hand, with the p that it ended with and the base's tree.
    expect(await titleOf(page)).toMatch(/^Problem \d+ of 200/);
    await card(page).getByText('Chosen for you: about half of the problems').waitFor();
    await card(page).getByText('recorded, step 300').waitFor();
    const before = await sums(page);

    await train(page);
    expect(await titleOf(page)).toMatch(/^Problem \d+ of 24/);
    await cells(page).nth(20).click();
    // The rows come some frames after the bands.
    await page.waitForSelector('svg[data-step="30"] g.row:has(.mark)', { state: 'attached' });
    const [map, exact] = [await ofMap(page), await sums(page)];
    expectSame(map.base, exact.base);
    expectSame(map.now, exact.now);
    expect(exact.base).not.toBe(before.base);
    const told = await page.locator('tr[data-p-base] td').allTextContents();
    expect(told.length).toBe(3);
    // The rows of the tree that are marked as right are the rows of the table, with the same numbers.
    const inTable = await page
      .locator('section[aria-labelledby=accepted-title] tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => [...row.children].map(({ textContent }) => textContent!.trim()).join()),
      );
    const inTree = await page
      .locator('svg[data-step] g.row.right:has(.mark)')
      .evaluateAll((rows) =>
        rows.map((row) =>
          ['.answer', '.base', '.now', '.factor']
            .map((each) => row.querySelector(each)!.textContent!.trim())
            .join(),
        ),
      );
    expect(inTree.sort()).toEqual(inTable.sort());
    const sum = (column: number): number =>
      inTable.reduce((total, row) => total + Number(row.split(',')[column]!.replace('−', '-')), 0);
    // Each is told with two digits.
    expect(Math.abs(sum(1) - exact.base)).toBeLessThanOrEqual(0.06 * exact.base);
    expect(Math.abs(sum(2) - exact.now)).toBeLessThanOrEqual(0.06 * exact.now);
    expect(errors).toEqual([]);
  });

  it('shows the numbers of the checkpoint that is scrubbed to, with every other figure', async () => {
    const { page } = await open();
    await train(page);
    const last = await sums(page);
    await slide(page, 'Home');
    await page.waitForSelector('svg[data-step="0"]');
    const first = await sums(page);
    expect(first.now).toBeCloseTo(first.base, 9);
    expect(first.base).toBe(last.base);
    expect(first.now).not.toBe(last.now);
    for (let step = 1; step <= 4; step++) await slide(page, 'ArrowRight');
    await page.waitForSelector('svg[data-step="4"]');
    const fourth = await sums(page);
    expectSame((await ofMap(page)).now, fourth.now);
    expect(await page.locator('line.cursor').count()).toBeGreaterThan(0);
    expect(
      await page.getByRole('slider', { name: 'Checkpoint' }).getAttribute('aria-valuetext'),
    ).toBe('step 4');
    // The way through them ends at the last one.
    await page.getByRole('button', { name: 'Walk through the checkpoints' }).click();
    await page.waitForSelector('svg[data-step="30"]');
    expect((await sums(page)).now).toBe(last.now);
  });

  it('samples answers on demand, of base and now', async () => {
    const { page } = await open();
    await train(page);
    await page.getByRole('button', { name: 'Sample 16 answers' }).click();
    await card(page)
      .getByText(/Drawn at step 30: \d+ of 16 right for the base, \d+ of 16 now/)
      .waitFor();
    const counted = await page.locator('[data-samples=now] li').evaluateAll((items) =>
      items.reduce((sum, item) => {
        const count = item.querySelector('.count')?.textContent?.replace('×', '') ?? '1';
        return sum + Number(count);
      }, 0),
    );
    expect(counted).toBe(16);
  });

  it('leaves off a tree and a draw that are cancelled, while the run goes on, and computes them when asked again', async () => {
    // What is asked waits for the end of a step, whose evaluation takes seconds.
    const long = SETTINGS.replace(
      'eval-problems=24&eval-samples=0',
      'eval-problems=64&eval-samples=128',
    );
    // On a fast machine it must not be over before all has been asked.
    const { page, errors } = await openPage(
      long.replace('eval-every=2', 'eval-every=1').replace('steps=30', 'steps=10000'),
      { before: answerLate },
    );
    await statusSays(page, 'ready to train');
    await seeProblem(page);
    await page.waitForSelector('svg[data-step="0"]');
    await page.getByRole('button', { name: 'Play' }).click();
    await reaches(page, 1);

    const tree = card(page).locator('[data-tree-progress]');
    const computing = card(page).getByRole('progressbar', { name: 'computing the tree' });
    const cancel = (within: Locator) => within.getByRole('button', { name: 'Cancel' });
    await cells(page).nth(5).click();
    await expect.poll(() => computing.isVisible()).toBe(true);
    await cancel(tree).click();
    await card(page).getByText('Cancelled: this tree has not been computed.').waitFor();
    const before = Number(await page.textContent('.step b'));
    await reaches(page, before + 1);
    expect(await page.locator('svg[data-step]').count()).toBe(0);
    await tree.getByRole('button', { name: 'Compute it' }).click();
    await page.waitForSelector('svg[data-step]');

    // By keyboard, when another problem is opened.
    await cells(page).nth(6).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => computing.isVisible()).toBe(true);
    await cancel(tree).focus();
    await page.keyboard.press('Enter');
    await card(page).getByText('Cancelled: this tree has not been computed.').waitFor();
    expect(await page.locator(':focus').textContent()).toBe('Compute it');
    await page.keyboard.press('Enter');
    await page.waitForSelector('svg[data-step]');
    const shown = await page.getAttribute('svg[data-step]', 'data-step');
    expectSame((await ofMap(page)).base, (await sums(page)).base);

    const samples = card(page).locator('section[aria-labelledby=samples-title]');
    const told = samples.getByRole('status');
    await samples.getByRole('button', { name: 'Sample 16 answers' }).click();
    await told.getByText(/Drawn at step \d+/).waitFor();
    const first = await samples.locator('[data-samples]').allTextContents();
    const others = samples.getByRole('button', { name: /^(Sample 16 others|sampling)/i });
    for (const press of [
      () => cancel(samples).click(),
      async () => {
        await cancel(samples).focus();
        await page.keyboard.press('Enter');
      },
    ]) {
      await others.click();
      await expect.poll(() => samples.getByRole('progressbar').isVisible()).toBe(true);
      await press();
      await told.getByText('Cancelled: nothing was sampled.').waitFor();
      expect(await samples.getByRole('progressbar').count()).toBe(0);
      // What was drawn before is still there.
      expect(await samples.locator('[data-samples]').allTextContents()).toEqual(first);
      expect(await page.locator(':focus').textContent()).toContain('Sample 16 others');
    }
    await page.keyboard.press('Enter');
    await told.getByText(/Drawn at step \d+: \d+ of 16 right/).waitFor();
    expect(await samples.locator('[data-samples]').allTextContents()).not.toEqual(first);
    const at = Number(await page.textContent('.step b'));
    expect(at).toBeGreaterThan(Number(shown));
    await reaches(page, at + 1);
    expect(errors).toEqual([]);
  });

  it('fits a phone, where base, now or both are chosen, with cells large enough for a finger', async () => {
    const { page } = await open({ width: 390, height: 844 });
    await train(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      390,
    );
    const size = (await cells(page).first().boundingBox())!;
    expect(Math.min(size.width, size.height)).toBeGreaterThanOrEqual(24);
    const columns = (): Promise<string[]> =>
      page.locator('svg[data-step] > g > text.number').allTextContents();
    expect(await columns()).toEqual(['π base', 'π now']);
    await card(page).getByText('Base', { exact: true }).click();
    expect(await columns()).toEqual(['π base']);
    await card(page).getByText('Now', { exact: true }).click();
    expect(await columns()).toEqual(['π now']);
  });

  it('jumps between checkpoints where the reader wants no motion', async () => {
    const { page } = await open({
      before: (page) => page.emulateMedia({ reducedMotion: 'reduce' }),
    });
    await train(page);
    await slide(page, 'Home');
    await page.waitForSelector('svg[data-step="0"]');
    const widths = (): Promise<(string | null)[]> =>
      page
        .locator('svg[data-step] path.band')
        .evaluateAll((paths) => paths.map((path) => path.getAttribute('stroke-width')));
    const at = await widths();
    await page.waitForTimeout(700);
    expect(await widths()).toEqual(at);
  });
});
