import { open as openFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uniformAt } from '../../src/core/random.ts';
import { soon } from '../journeys/keeping.ts';
import { useSite } from '../journeys/site.ts';

const open = useSite();
const card = (page: Page) => page.locator('[data-card=your-results]');
const files = (page: Page) => card(page).locator('input[type=file][multiple]');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'results-'));
});
afterAll(() => rm(folder, { recursive: true }));

const PROBLEMS = 5000;
const SAMPLES = 4000;
/** A row a sample; of problem i, (i mod 17) / 16 of them are right. */
async function write300MB(path: string): Promise<number> {
  const file = await openFile(path, 'w');
  let bytes = (await file.write('problem,correct\n')).bytesWritten;
  for (let i = 0; i < PROBLEMS; i++) {
    const id = `problem-${String(i).padStart(5, '0')}`;
    const right = ((i % 17) * SAMPLES) / 16;
    const rows = `${id},1\n`.repeat(right) + `${id},0\n`.repeat(SAMPLES - right);
    bytes += (await file.write(rows)).bytesWritten;
  }
  await file.close();
  return bytes;
}

/** The longest time, in ms, for which the page did nothing else, from now on. */
const watchAnswers = (page: Page) =>
  page.evaluate(() => {
    const watch = { longest: 0, last: performance.now() };
    setInterval(() => {
      const now = performance.now();
      watch.longest = Math.max(watch.longest, now - watch.last);
      watch.last = now;
    }, 20);
    Object.assign(window, { watch });
  });
const longest = (page: Page): Promise<number> =>
  page.evaluate(() => (window as unknown as { watch: { longest: number } }).watch.longest);

describe('300 MB of results', () => {
  it('are read with their progress while the page answers, and can be cancelled', async () => {
    const path = join(folder, 'large.csv');
    expect(await write300MB(path)).toBeGreaterThan(300e6);
    const { page, errors } = await open('#view=results');
    await files(page).waitFor({ state: 'attached' });

    await files(page).setInputFiles(path);
    await watchAnswers(page);
    const cancel = card(page).getByRole('button', { name: 'Cancel' }).first();
    await cancel.click();
    await card(page).getByText('large.csv').waitFor({ state: 'detached' });

    const began = Date.now();
    await files(page).setInputFiles(path);
    const progress = card(page).getByRole('progressbar', { name: 'Reading the file' });
    await progress.waitFor();
    const shares: number[] = [];
    while (await progress.isVisible().catch(() => false)) {
      const share = await progress
        .evaluate((each: HTMLProgressElement) => each.value, null, { timeout: 500 })
        .catch(() => null);
      if (share !== null) shares.push(share);
      await page.waitForTimeout(100);
    }
    await soon(() => card(page).innerText()).toContain(`${PROBLEMS.toLocaleString('en')} problems`);
    const seconds = (Date.now() - began) / 1000;
    const lag = await longest(page);
    console.log(`300 MB: ${seconds.toFixed(1)} s, longest pause of the page ${lag.toFixed(0)} ms`);
    expect(new Set(shares).size).toBeGreaterThan(3);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(lag).toBeLessThan(500);
    // Of each 17 problems pass@1 is the mean of 0/16 … 16/16; the last 2 of the 5,000 are of a part of 17.
    await page.getByRole('heading', { name: 'pass@k over k' }).waitFor();
    expect(await page.locator('main').innerText()).toMatch(/50\.0\s%/);
    expect(errors).toEqual([]);
  });
});

describe('a folder with a file for each of 128 seeds, of two models', () => {
  it('is told as these two, while the page answers', async () => {
    const shares = { base: 4, rl: 8 };
    for (const [model, sixteenths] of Object.entries(shares)) {
      const path = join(folder, 'eval', model);
      await mkdir(path, { recursive: true });
      for (let seed = 0; seed < 128; seed++)
        await writeFile(
          join(path, `output-rs${seed}.jsonl`),
          Array.from({ length: 500 }, (_, id) =>
            JSON.stringify({ id, symbolic_correct: (seed + id) % 16 < sixteenths }),
          ).join('\n'),
        );
    }
    const { page, errors } = await open('#view=results');
    await watchAnswers(page);
    const began = Date.now();
    await card(page).locator('input[webkitdirectory]').setInputFiles(join(folder, 'eval'));
    const headline = page.locator('[data-card=headline]');
    await headline.getByText('500 problems, up to 128 samples of each').waitFor();
    console.log(
      `256 files: ${((Date.now() - began) / 1000).toFixed(1)} s, longest pause of the page ${(await longest(page)).toFixed(0)} ms`,
    );
    expect(await headline.innerText()).toMatch(/base\s+base\s+.*\s+rl\s/i);
    const text = (await page.locator('main').innerText()).replaceAll(/\s+/g, ' ');
    expect(text).toContain('the trained model solves 50.0 %, the base 25.0 %');
    expect(await longest(page)).toBeLessThan(1000);
    expect(errors).toEqual([]);
  });
});

describe('10,000 problems with 1,024 samples each, of two models', () => {
  it('are on screen with their bands within 3 s of being chosen', async () => {
    const lines = Array.from({ length: 10_000 }, (_, i) => {
      const c = [0, 1].map((stream) =>
        Math.floor(1025 * uniformAt({ seed: 1, stream, step: i }, 0) ** (3 - stream)),
      );
      return `p${i},1024,${c.join(',')}`;
    });
    const text = `problem,n,base_correct,rl_correct\n${lines.join('\n')}\n`;
    const { page } = await open('#view=results');
    await files(page).waitFor({ state: 'attached' });
    const times: number[] = [];
    for (let i = 0; i < 3; i++) {
      const ms = await page.evaluate(async (csv) => {
        const field = document.querySelector<HTMLInputElement>('input[type=file]')!;
        const transfer = new DataTransfer();
        transfer.items.add(new File([csv], 'large.csv'));
        field.files = transfer.files;
        const from = performance.now();
        field.dispatchEvent(new Event('change', { bubbles: true }));
        while (!document.querySelector('main path.band'))
          await new Promise((resolve) => setTimeout(resolve, 10));
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        return performance.now() - from;
      }, text);
      times.push(ms);
      await card(page).getByRole('button', { name: 'Remove large.csv' }).click();
      await page.locator('main path.band').first().waitFor({ state: 'detached' });
    }
    console.log(`10,000 × 1,024: ${times.map((ms) => `${(ms / 1000).toFixed(2)} s`).join(', ')}`);
    expect(times.toSorted((a, b) => a - b)[1]).toBeLessThan(3000);
  });
});
