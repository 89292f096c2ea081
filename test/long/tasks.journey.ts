import { describe, expect, it } from 'vitest';
import { openRoom, play } from '../journeys/reader.ts';
import { statusSays, useSite, type OpenOptions } from '../journeys/site.ts';
import { SMALL, figure, group, openNotingFiles, seePicture } from '../journeys/taskPage.ts';

const openPage = useSite({ webgl: true });
const open = (fragment: string, options?: OpenOptions) =>
  openNotingFiles(openPage, fragment, options);

describe('a task that is chosen', () => {
  it('by hand: is fetched then, and shows nothing of the task before it', async () => {
    // With the shipped base: a task brings along how long its own is pretrained.
    const shipped = 'engine=wasm&prompts=4&group-size=8&steps=3&eval-every=3&eval-samples=0';
    const { page, files } = await open(`#${shipped}&eval-problems=12`);
    await statusSays(page, 'ready to train');
    expect(files.filter((file) => /maze|programs|Steps|Picture|Beyond/i.test(file))).toEqual([]);
    await page.getByLabel('Task', { exact: true }).selectOption('Programs');
    expect(await page.getByLabel('Task size').count()).toBe(0);
    await page.waitForFunction(() =>
      /write at most five/.test(document.querySelector('[data-card=in-hand]')!.textContent!),
    );
    expect(await page.textContent('header')).toContain('Programs');
    await seePicture(page);
    await page
      .getByText('answers sampled at step 0')
      .or(page.getByText('programs sampled at step 0'))
      .waitFor();
    expect(files.some((file) => file.startsWith('programs'))).toBe(true);
    expect(new URL(page.url()).hash).toContain('task=programs');
    expect(await page.getByText('Recorded run').count()).toBe(0);
    expect(await group(page).textContent()).toMatch(/problem: *\d→−?\d+, \d→−?\d+/);
  });

  it('programs: the trace of a program, the answers of base and now', async () => {
    const { page, errors } = await open(`#task=programs&${SMALL}&eval-problems=12`);
    await play(page, 3);
    await seePicture(page);
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
    await seePicture(page);
    await group(page).locator('h3', { hasText: 'Base' }).waitFor();
    expect(await group(page).textContent()).toMatch(/Now \d+ of 8 right/);
    expect(
      await group(page).locator('[aria-label="valid step"], [aria-label="wrong step"]').count(),
    ).toBeGreaterThan(0);
    const lines = await figure(page, 'Held-out pass@k').locator('text.end').allTextContents();
    expect(lines).toEqual(['chance', 'base', 'now', 'base, steps ✓', 'now, steps ✓']);
    expect(errors).toEqual([]);
  });

  it('Countdown and Programs: from its shipped base on the GPU, trained on one of them, its answers listed', async () => {
    const { page, errors, files } = await open(
      '#task=mixed&domains=programs&engine=webgl&prompts=4&group-size=8&steps=3&eval-every=3&eval-samples=0&eval-problems=12',
    );
    await play(page, 3);
    expect(await page.textContent('[data-card=in-hand]')).toContain('do both with one network');
    const chosen = (label: string) =>
      page.getByLabel(label, { exact: true }).evaluate((each) => (each as HTMLSelectElement).value);
    await openRoom(page, 'update');
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

  it('Countdown and Programs with a narrow prior: names the rarities that its base is shipped for', async () => {
    const { page } = await open('#task=mixed&prior=narrow&engine=wasm');
    await statusSays(page, 'stopped');
    expect(await page.textContent('[role=alert]')).toMatch(
      /no base of the task mixed is shipped for a rarity of 0; there is one for 1, or pretrain one now/,
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
  it('never shows the recording of the broad one', async () => {
    const { page } = await open(`#prior=narrow&engine=wasm`, {
      before: (page) => page.route('**/bases/*', (route) => route.fulfill({ status: 404 })),
    });
    await statusSays(page, 'stopped');
    expect(await page.getByText('Recorded run').count()).toBe(0);
    expect(await page.locator('svg[aria-label*="base: 0.111"]').count()).toBe(0);
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
      await seePicture(page);
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
