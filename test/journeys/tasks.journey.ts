import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { scrollThrough, statusSays, useSite, type OpenOptions, type OpenPage } from './site.ts';

const openPage = useSite();

/** A page, with the names of the scripts and data that it has asked for. */
async function open(
  fragment: string,
  options?: OpenOptions,
): Promise<OpenPage & { files: string[] }> {
  const files: string[] = [];
  const page = await openPage(fragment, {
    ...options,
    before: async (page) => {
      page.on('request', (request) =>
        files.push(new URL(request.url()).pathname.split('/').at(-1)!),
      );
      await options?.before?.(page);
    },
  });
  return { ...page, files };
}

const play = async (page: Page, last: number): Promise<void> => {
  await statusSays(page, 'ready to train');
  await page.getByRole('button', { name: 'Play' }).click();
  await statusSays(page, `finished at step ${last}`);
};
const figure = (page: Page, title: string) => page.locator('figure', { hasText: title }).first();
const group = (page: Page) => page.locator('section[aria-labelledby="completions-title"]');

/** A base made on the spot: what the page does with a task depends on no shipped file. */
const SMALL =
  'engine=reference&base=live&pretrain-steps=8&width=8&prompts=4&group-size=8&steps=3&eval-every=3&eval-samples=0';

describe('a task that is chosen', () => {
  it('maze: its walks over the grid, right and wrong, and the visits of base and now', async () => {
    const { page, errors, foreignRequests, files } = await open(
      `#task=maze&${SMALL}&eval-problems=12`,
    );
    await play(page, 3);
    expect(await page.textContent('header')).toContain('walk from S to G');
    await group(page).locator('svg[aria-label^="A maze of 4 by 4 cells with 8 walks"]').waitFor();
    expect(await group(page).textContent()).toMatch(/8\s+walks sampled at step 3/);
    for (const title of ['Base', 'Now'])
      expect(
        await page.getAttribute(
          `svg[aria-label^="Cells that the walks of ${title} visit"]`,
          'aria-label',
        ),
      ).toContain('100 %'); // All start from the same cell.
    await scrollThrough(page);
    // A problem under the pointer is a grid and not a line of signs.
    await page.locator('[role=gridcell]').first().hover();
    await page.waitForFunction(() =>
      /^([·#SG]{4}\n){3}[·#SG]{4}$/.test(document.querySelector('pre')?.textContent ?? ''),
    );
    expect(await page.textContent('.description')).toMatch(
      /^problem \d+, \d+ accepted answers?: p base/,
    );
    await page
      .getByText(/[\d,]+ accepted answers of 12 problems were enumerated, from \d+ to \d+/)
      .waitFor();
    // The page of one task asks for the code of no other, and for no recording of another.
    expect(files.filter((file) => /^programs|^Programs|^Steps|^countdown/.test(file))).toEqual([]);
    expect(files.some((file) => file.startsWith('MazePicture'))).toBe(true);
    expect([errors, foreignRequests]).toEqual([[], []]);
  });

  it('programs: the trace of a program, the answers of base and now', async () => {
    const { page, errors } = await open(`#task=programs&${SMALL}&eval-problems=12`);
    await play(page, 3);
    const rows = group(page).locator('tbody tr:not(.group)');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(9); // tested inputs, two of them in the prompt
    const text = await group(page).textContent();
    expect(text).toContain('Hidden tests');
    expect(text).toMatch(/Programs now \d of 8 right/);
    expect(text).toMatch(/Programs of the base \d of 8 right/);
    expect(errors).toEqual([]);
  });

  it('written steps: each marked as valid or not, and the sound part of pass@k on its own lines', async () => {
    const { page, errors } = await open(
      // Long enough that some of its answers have the form of steps.
      `#task=countdown-steps&${SMALL.replace('pretrain-steps=8&width=8', 'pretrain-steps=80&width=16')}&eval-problems=3`,
    );
    await play(page, 3);
    await group(page).locator('h3', { hasText: 'Base' }).waitFor();
    expect(await group(page).textContent()).toMatch(/Now \d+ of 8 right/);
    expect(
      await group(page).locator('[aria-label="valid step"], [aria-label="wrong step"]').count(),
    ).toBeGreaterThan(0);
    const lines = await figure(page, 'Held-out pass@k').locator('text.end').allTextContents();
    expect(lines).toEqual(['chance', 'base', 'now', 'base, steps ✓', 'now, steps ✓']);
    expect(errors).toEqual([]);
  });

  it('by hand: is fetched then, and shows nothing of the task before it', async () => {
    // With the shipped base: a task brings along how long its own is pretrained.
    const shipped = 'engine=reference&prompts=4&group-size=8&steps=3&eval-every=3&eval-samples=0';
    const { page, files } = await open(`#${shipped}&eval-problems=12`);
    await statusSays(page, 'ready to train');
    expect(files.filter((file) => /maze|programs|Steps|Picture|Beyond/i.test(file))).toEqual([]);
    await page.getByLabel('Task', { exact: true }).selectOption('Programs');
    expect(await page.getByLabel('Task size').count()).toBe(0);
    await page.waitForFunction(() =>
      /write at most five/.test(document.querySelector('header')!.textContent!),
    );
    await page
      .getByText('answers sampled at step 0')
      .or(page.getByText('programs sampled at step 0'))
      .waitFor();
    expect(files.some((file) => file.startsWith('programs'))).toBe(true);
    expect(new URL(page.url()).hash).toContain('task=programs');
    expect(await page.getByText('Recorded run').count()).toBe(0);
    expect(await group(page).textContent()).toMatch(/problem: *\d→−?\d+, \d→−?\d+/);
  });

  it('Countdown and Programs: from its shipped base on the GPU, trained on one of them, its answers listed', async () => {
    const { page, errors, files } = await open(
      '#task=mixed&domains=programs&engine=webgl&prompts=4&group-size=8&steps=3&eval-every=3&eval-samples=0&eval-problems=12',
    );
    await play(page, 3);
    expect(await page.textContent('header')).toContain('do both with one network');
    const chosen = (label: string) =>
      page.getByLabel(label, { exact: true }).evaluate((each) => (each as HTMLSelectElement).value);
    await page.locator('[data-card=completions]').scrollIntoViewIfNeeded();
    await group(page).locator('tbody tr').first().waitFor();
    expect([await chosen('Task'), await chosen('Domains')]).toEqual(['mixed', 'programs']);
    expect(await group(page).textContent()).toMatch(
      /8 answers sampled at step 3 for the training problem\s+0→−?\d+, /,
    );
    expect(await group(page).locator('tbody tr').count()).toBe(8);
    expect(files).toContain('mixed.f32');
    expect(files.filter((file) => /Picture/.test(file))).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('Countdown and Programs with a narrow prior: names the tasks that such a base is shipped for', async () => {
    const { page } = await open('#task=mixed&prior=narrow&engine=reference');
    await statusSays(page, 'stopped');
    expect(await page.textContent('[role=alert]')).toMatch(
      /no base with a narrow prior is shipped for the task mixed; there is one for countdown-3, /,
    );
  });

  it('without its base says which file is missing', async () => {
    const { page } = await open('#task=maze&engine=reference', {
      before: (page) => page.route('**/bases/maze*', (route) => route.fulfill({ status: 404 })),
    });
    await statusSays(page, 'stopped');
    expect(await page.textContent('[role=alert]')).toMatch(
      /The run cannot begin\.\s+maze\.json could not be fetched: HTTP 404/,
    );
  });

  it('with too many accepted answers says how many there are', async () => {
    const { page } = await open(`#task=countdown-steps&${SMALL}&eval-problems=1000`);
    await statusSays(page, 'stopped');
    expect(await page.textContent('[role=alert]')).toMatch(
      /the accept sets of \d+ problems hold \d{6,} responses, more than the 250000/,
    );
  });
});

describe('a narrow prior', () => {
  it('has base, now and chance beyond it, in a figure and a sentence', async () => {
    const { page, errors } = await open(`#task=programs&prior=narrow&${SMALL}&eval-problems=12`);
    await play(page, 3);
    const beyond = figure(page, 'Beyond the prior');
    await beyond.locator('text.end').first().waitFor();
    expect(await beyond.locator('text.end').allTextContents()).toEqual(['chance', 'base', 'now']);
    expect(await beyond.locator('figcaption').textContent()).toMatch(
      /These 12 held-out problems need doubling \(×2\), which the base was never shown\. At k = 1,024 the base solves [\d.]+ % of them, the trained policy [\d.]+ %, guessing [\d.]+ %\./,
    );
    expect(await page.getByLabel('Share beyond').inputValue()).toBe('0.5');
    expect(errors).toEqual([]);
  });

  it('never shows the recording of the broad one', async () => {
    const { page } = await open(`#prior=narrow&engine=reference`, {
      before: (page) => page.route('**/bases/*', (route) => route.fulfill({ status: 404 })),
    });
    await statusSays(page, 'stopped');
    expect(await page.getByText('Recorded run').count()).toBe(0);
    expect(await page.locator('svg[aria-label*="base: 0.079"]').count()).toBe(0);
  });
});

describe('on a phone', () => {
  it.each(['maze', 'programs', 'countdown-steps'])(
    '%s fits without scrolling sideways',
    async (task) => {
      const { page } = await open(`#task=${task}&prior=narrow&${SMALL}&eval-problems=3`, {
        width: 390,
        height: 844,
      });
      await play(page, 3);
      await group(page).locator('h3').first().waitFor();
      const { scroll, smallest } = await page.evaluate(() => ({
        scroll: document.documentElement.scrollWidth,
        smallest: Math.min(
          ...[
            ...document.querySelectorAll('p, td, th, dt, dd, label, text, button, pre, .detail'),
          ].map((each) => Number.parseFloat(getComputedStyle(each).fontSize)),
        ),
      }));
      expect(scroll).toBeLessThanOrEqual(390);
      expect(smallest).toBeGreaterThanOrEqual(12);
    },
  );
});
