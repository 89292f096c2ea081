import { describe, expect, it } from 'vitest';
import { violations } from './axe.ts';
import { reaches, scrollThrough, statusSays, useSite } from './site.ts';

const open = useSite();

const QUICK =
  '#engine=reference&prompts=4&group-size=8&eval-problems=24&eval-samples=0&eval-every=2';

describe('axe finds nothing', () => {
  it.each([
    [1440, 'light'],
    [1440, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const)(
    'at a width of %i in %s, with every card and every fold open',
    async (width, scheme) => {
      const { page, errors } = await open(`${QUICK}&steps=4`, {
        width,
        height: width > 1000 ? 900 : 844,
        colorScheme: scheme,
      });
      await statusSays(page, 'ready to train');
      await page.evaluate(() => {
        for (const fold of document.querySelectorAll('details')) fold.open = true;
      });
      await page.getByRole('button', { name: 'Play' }).click();
      await statusSays(page, 'finished at step 4');
      await scrollThrough(page);
      await page.evaluate(() => {
        for (const fold of document.querySelectorAll('details')) fold.open = true;
      });
      for (const button of await page.getByRole('button', { name: /: data$/ }).all())
        await button.click();
      await page.locator('.data table').nth(4).waitFor();
      expect(await violations(page)).toEqual([]);
      expect(errors).toEqual([]);
    },
  );
});

describe('axe finds nothing in what opens on demand', () => {
  it.each([
    [1440, 'light'],
    [390, 'dark'],
  ] as const)(
    'at a width of %i in %s: the keys, Share, one update taken apart',
    async (width, colorScheme) => {
      const { page, errors } = await open(`${QUICK}&steps=4`, {
        ...{ width, height: 844, colorScheme },
      });
      await statusSays(page, 'ready to train');
      for (const [key, title] of [
        ['?', 'Keys'],
        ['s', 'Share'],
      ] as const) {
        await page.keyboard.press(key);
        const dialog = page.getByRole('dialog', { name: title });
        await dialog.waitFor();
        expect(await violations(page), title).toEqual([]);
        await page.keyboard.press('Escape');
        await dialog.waitFor({ state: 'hidden' });
      }
      await page.locator('[data-card=microscope]').scrollIntoViewIfNeeded();
      await page.getByRole('button', { name: /^Look into/ }).click();
      await page.locator('.microscope .said').waitFor();
      expect(await violations(page)).toEqual([]);
      expect(errors).toEqual([]);
    },
  );
});

describe('the keyboard alone', () => {
  it('skips to the figures, reaches the controls in their order, and goes to every section', async () => {
    const { page } = await open(`${QUICK}&steps=4`);
    await statusSays(page, 'ready to train');
    await page.getByRole('link', { name: 'Compare' }).waitFor();
    const focused = (): Promise<string> =>
      page.evaluate(() => {
        const element = document.activeElement as HTMLElement;
        return (element.ariaLabel ?? element.textContent).replace(/\s+/g, ' ').trim();
      });
    const address = page.url();
    const reached: string[] = [];
    for (let n = 0; n < 44; n++) {
      await page.keyboard.press('Tab');
      reached.push(await focused());
    }
    const bar = ['Skip to the figures', '▶ Play', 'Step', 'Reset', 'New seed'];
    const wanted = [...bar, 'pass@1', 'entropy', 'Run', 'Compare', 'Held-out pass@k: cursor'];
    const places = wanted.map((name) => reached.indexOf(name));
    expect(places, reached.join(' | ')).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));

    for (const [name, id] of [
      ['Skip to the figures', 'run'],
      ['Algorithm', 'algorithm'],
      ['Compare', 'compare'],
    ] as const) {
      await page.getByRole('link', { name, exact: true }).focus();
      await page.keyboard.press('Enter');
      expect(await page.evaluate(() => document.activeElement!.id)).toBe(id);
      expect(page.url()).toBe(address);
    }
    const top = await page.evaluate(
      () => document.activeElement!.getBoundingClientRect().top / innerHeight,
    );
    expect(top).toBeGreaterThan(0);
    expect(top).toBeLessThan(0.4);
  });

  it('moves the cursor of a figure, which says what is there', async () => {
    const { page } = await open(`${QUICK}&steps=20`);
    await statusSays(page, 'ready to train');
    await page.getByRole('button', { name: 'Play' }).click();
    await statusSays(page, 'finished at step 20');
    const cursor = page.getByRole('slider', { name: 'Over training: cursor' });
    await cursor.focus();
    const said = () => cursor.getAttribute('aria-valuetext');
    expect(await said()).toMatch(/^step 20: pass@1 0\.\d{3}, pass@16 .*, entropy 0\.\d{3}$/);
    await page.keyboard.press('ArrowLeft');
    await page.waitForFunction(() => document.querySelectorAll('line.cursor').length === 2);
    expect(await said()).toMatch(/^step 19: /);
    await page.keyboard.press('Shift+ArrowLeft');
    await page.waitForFunction(() =>
      /^At step 8 /.test(document.querySelector('figure p')!.textContent!),
    );
    expect(await said()).toMatch(/^step 9: /);
    await page.keyboard.press('Home');
    await page.waitForFunction(() =>
      document.querySelector('.change')?.textContent?.includes('not trained'),
    );
    await page.keyboard.press('End');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.querySelectorAll('line.cursor').length === 0);

    const overK = page.getByRole('slider', { name: 'Held-out pass@k: cursor' });
    await overK.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    expect(await overK.getAttribute('aria-valuetext')).toMatch(
      /^at k = 2 chance 0\.\d+, base 0\.\d+, now/,
    );
  });

  it('opens the numbers of a figure as a table', async () => {
    const { page } = await open(`${QUICK}&steps=6`);
    await statusSays(page, 'ready to train');
    await page.getByRole('button', { name: 'Play' }).click();
    await statusSays(page, 'finished at step 6');
    await page.getByRole('button', { name: 'Over training: data' }).focus();
    await page.keyboard.press('Enter');
    const table = page.getByRole('table', { name: /^Over training/ });
    await table.waitFor();
    expect(await table.locator('thead th').allTextContents()).toEqual([
      'training step',
      'pass@1',
      'pass@16',
      'pass@256',
      'pass@1024',
      'entropy',
    ]);
    expect(await table.locator('tbody th').allTextContents()).toEqual([
      '0',
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
    ]);
    const now = await page.locator('[data-headline="pass@1"] b').textContent();
    expect(await table.locator('tbody tr').last().locator('td').first().textContent()).toBe(now);
  });

  it('opens an explanation, keeps it under the pointer, and closes it with Escape', async () => {
    const { page } = await open(`${QUICK}&steps=4`, { width: 390, height: 844 });
    const word = page.locator('[data-headline="pass@256"]').getByRole('button');
    await word.focus();
    const tip = page.getByRole('tooltip').filter({ hasText: 'at least one of 256' });
    await tip.waitFor({ state: 'visible' });
    expect(await tip.textContent()).toMatch(
      /Formula: mean over problems of 1 − .*TRL’s name: none/,
    );
    const box = (await tip.boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(390);
    await page.keyboard.press('Escape');
    await tip.waitFor({ state: 'hidden' });
    expect(await word.evaluate((each) => each === document.activeElement)).toBe(true);
    await word.blur();
    await word.hover();
    await tip.waitFor({ state: 'visible' });
    const again = (await tip.boundingBox())!;
    await page.mouse.move(again.x + again.width / 2, again.y + again.height / 2, { steps: 8 });
    await tip.waitFor({ state: 'visible' });
    await page.keyboard.press('Escape');
    await tip.waitFor({ state: 'hidden' });
  });
});

describe('a page that trains', () => {
  it.each([
    [1440, 900],
    [390, 844],
  ] as const)('moves nothing at %i × %i', async (width, height) => {
    const { page } = await open(`${QUICK}&steps=30`, { width, height });
    await statusSays(page, 'ready to train');
    await page.getByRole('link', { name: 'Compare' }).waitFor();
    await page.waitForTimeout(1000);
    await page.evaluate(() => {
      const shifts: string[] = [];
      Object.assign(window, { shifts });
      type Shift = PerformanceEntry & { value: number; sources: { node: Node | null }[] };
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as Shift[])
          shifts.push(
            `${entry.value}: ${entry.sources.map(({ node }) => node?.textContent?.slice(0, 60) || (node as Element)?.outerHTML?.slice(0, 60)).join(' | ')}`,
          );
      }).observe({ type: 'layout-shift' });
    });
    await page.getByRole('button', { name: 'Play' }).click();
    await statusSays(page, 'finished at step 30');
    expect(await page.evaluate(() => (window as unknown as { shifts: string[] }).shifts)).toEqual(
      [],
    );
  });

  it('says rarely and politely how far it is', async () => {
    const { page } = await open(`${QUICK}&steps=40`);
    await statusSays(page, 'ready to train');
    const line = page.locator('[data-live]');
    await line.filter({ hasText: 'Ready to train 40 steps.' }).waitFor({ state: 'attached' });
    await page.evaluate(() => {
      const said: string[] = [];
      Object.assign(window, { said });
      new MutationObserver(() =>
        said.push(document.querySelector('[data-live]')!.textContent!),
      ).observe(document.querySelector('[data-live]')!, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    });
    await page.getByRole('button', { name: 'Play' }).click();
    await statusSays(page, 'finished at step 40');
    const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
    expect(said.length).toBeLessThanOrEqual(13);
    expect(said.length).toBeGreaterThan(2);
    expect(said.at(-1)).toMatch(/^Finished at step 40\. pass@1 0\.\d{3}, pass@256 [01]\.\d{3}\.$/);
  });
});

describe('a narrow or a magnified window', () => {
  it.each([
    [360, 740],
    // 1440 × 900 at 200 %.
    [720, 450],
  ])('of %i × %i does not scroll sideways with all open', async (width, height) => {
    const { page } = await open(`${QUICK}&steps=4`, { width, height });
    await statusSays(page, 'ready to train');
    await page.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true;
    });
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await reaches(page, 1);
    await scrollThrough(page);
    for (const button of await page.getByRole('button', { name: /: data$/ }).all())
      await button.click();
    await page.locator('.data table').nth(4).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      width,
    );
  });
});

describe('at first sight', () => {
  it('the recorded run tells its story in four numbers and two figures, marked as recorded', async () => {
    const { page } = await open('', { width: 1440, height: 900 });
    await page.getByText('Recorded run', { exact: true }).waitFor();
    const numbersOf = (name: string) =>
      page
        .locator(`[data-headline="${name}"]`)
        .evaluate((tile) => (tile as HTMLElement).innerText.replace(/\s+/g, ' '));
    expect(await numbersOf('pass@1')).toMatch(/0\.079 → to 0\.341 ▲ \+0\.262/);
    expect(await numbersOf('pass@256')).toMatch(/0\.997 → to 0\.736 ▼ −0\.261/);
    expect(await numbersOf('crossing')).toMatch(/k ≈ 11 from there on the base solves more/);
    const bottoms = await page
      .locator('#run figure')
      .evaluateAll((figures) => figures.map((figure) => figure.getBoundingClientRect().bottom));
    expect(bottoms.length).toBe(2);
    for (const bottom of bottoms) expect(bottom).toBeLessThanOrEqual(900);
  });
});
