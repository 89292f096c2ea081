import { describe, expect, inject, it } from 'vitest';
import { gzipBytes } from '../../src/build/beforePlay.ts';
import { FIGURE_NAMES } from '../../src/ui/embed/figureNames.ts';
import { PRESET_WORDS } from '../../src/embed/words.ts';
import { PRESETS } from '../../src/run/presets.ts';
import { violations } from './axe.ts';
import { useSite } from './site.ts';

const open = useSite();

/** Kept for a name and the letters of the fonts of other systems. */
const SMALLEST_PX = 11.5;

describe('the poster', () => {
  it('of each preset says what it shows, with the picture of its own run', async () => {
    const seen = { titles: new Set<string>(), pictures: new Set<string>() };
    const names = Object.keys(PRESETS);
    const { page } = await open(`v1/embed.html`);
    for (const preset of names) {
      await page.goto(page.url().replace(/embed\.html.*/, `embed.html?v=2&preset=${preset}`));
      seen.titles.add((await page.locator('main.poster h1').textContent())!);
      seen.pictures.add(
        (await page.locator('[data-figure=passk] svg').getAttribute('aria-label'))!,
      );
      await page.getByText(/^recorded, \d+ steps, seed 1$/).waitFor();
      // What the recorded run has shown is told beside its picture.
      const [told = ''] = (PRESET_WORDS[preset]!.found ?? '').split('{');
      expect(await page.locator('main.poster .words').textContent(), preset).toContain(told.trim());
    }
    expect([seen.titles.size, seen.pictures.size]).toEqual([names.length, names.length]);
  });

  it('tells numbers of the recorded run, and no more once another runs in its place', async () => {
    const { page } = await open('v1/embed.html?v=2&preset=crossing&engine=wasm&steps=300');
    const words = page.locator('.words');
    await page.locator('main.poster').getByText('recorded, 300 steps').waitFor();
    expect(await words.textContent()).toMatch(/From k ≈ 8\.2 on, the base solves more/);
    await page.getByRole('button', { name: 'Run it here' }).click();
    await page.locator('main.running').waitFor();
    expect(await words.textContent()).not.toContain('k ≈');
  });

  it.each(FIGURE_NAMES)('of %s can be read at 360 px, and all of it is seen', async (figure) => {
    const { page, errors } = await open(`v1/embed.html?v=2&preset=narrow&figures=${figure}`, {
      ...{ width: 360, height: figure === 'weight' ? 680 : 520 },
    });
    await page.locator('[data-figure] svg[role=img]').waitFor();
    const texts = await page.locator('main *').evaluateAll((all) =>
      all
        .filter((each) => [...each.childNodes].some((node) => node.nodeType === Node.TEXT_NODE))
        .map((each) => {
          const svg = each.closest('svg');
          const box = each.getBoundingClientRect();
          const around = (svg ?? document.documentElement).getBoundingClientRect();
          // What is drawn to a view box has another size on screen than in its style.
          const matrix = svg?.getScreenCTM();
          return {
            text: each.textContent,
            px: parseFloat(getComputedStyle(each).fontSize) * (matrix ? matrix.a : 1),
            isInside:
              box.left >= around.left - 0.5 &&
              box.right <= around.right + 0.5 &&
              box.top >= around.top - 0.5 &&
              box.bottom <= around.bottom + 0.5,
          };
        }),
    );
    expect(texts.length).toBeGreaterThan(4);
    expect(texts.filter(({ px }) => px < SMALLEST_PX)).toEqual([]);
    expect(texts.filter(({ isInside }) => !isInside)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('loads little before a run, and nothing of what draws or computes one', async () => {
    const scripts: string[] = [];
    const { page } = await open('v1/embed.html?v=2&preset=coin', {
      before: async (page) => {
        page.on('response', (response) => {
          const [, file] = /\/(assets\/.*\.js)$/.exec(response.url()) ?? [];
          if (file) scripts.push(file);
        });
        await Promise.resolve();
      },
    });
    await page.locator('[data-figure=training] svg').waitFor();
    expect(scripts.length).toBeGreaterThan(5);
    expect(1.15 * gzipBytes(inject('site'), scripts)).toBeLessThanOrEqual(60_000);
    expect(
      scripts.filter((file) => /svelte|packages|worker|engine|Plot|recording/i.test(file)),
    ).toEqual([]);
  });

  it('of settings that no run is recorded of shows the base, and says that a run draws the rest', async () => {
    const { page } = await open('v1/embed.html?v=2&preset=coin&seed=7&figures=passk,reward', {
      ...{ width: 900, height: 520 },
    });
    await page.getByRole('heading', { level: 1, name: 'A coin pays', exact: true }).waitFor();
    await page.getByRole('img', { name: /^base: 0\.111 at k = 1, 0\.894 at k = 1024$/ }).waitFor();
    await page.getByText('base, before training').waitFor();
    await page.getByText('A run draws this.').waitFor();
  });

  it('has a title and a sentence of the page, and says which are too long', async () => {
    const { page } = await open(
      `v1/embed.html?v=2&title=Mine+%3Cb%3E&caption=${'long '.repeat(70)}`,
    );
    await page.getByRole('heading', { level: 1, name: 'Mine <b>' }).waitFor();
    await page.getByText(/^caption is 'long long .*', expected at most 300 characters$/).waitFor();
  });
});
