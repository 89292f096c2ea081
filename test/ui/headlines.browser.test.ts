import font from 'mathjax/es5/output/chtml/fonts/woff-v2/MathJax_Main-Regular.woff?url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { methodLabel } from '../../src/run/settings.ts';
import Headlines from '../../src/ui/Headlines.svelte';
import { mounted } from './fixtures/mounted.ts';
import { pageOf, rowOf } from './fixtures/page.svelte.ts';

const { innerWidth, innerHeight } = window;
const face = new FontFace('of the tests', `url(${font})`);
beforeAll(async () => void document.fonts.add(await face.load()));
afterAll(async () => {
  document.fonts.delete(face);
  await page.viewport(innerWidth, innerHeight);
});

// Of phones, and of embeds beside the text of a post: where a tile is narrowest.
it.each([360, 390, 601, 700])(
  'a window of %i px has room for all that a tile says',
  async (width) => {
    await page.viewport(width, 800);
    for (const now of [0.9, 0.5, 0.2]) {
      const rows = [rowOf(0, [0.5]), rowOf(1, [now])];
      const shown = mounted(Headlines, {
        figures: pageOf({ run: { rows } }).figures,
        away: null,
        methodLabel,
      });
      // The same on every machine, and with this spacing as wide as the widest usual fonts.
      shown.root.style.cssText = "font-family: 'of the tests'; letter-spacing: 0.13em";
      expect(shown.text('[data-headline=crossing] .change')).toMatch(/the base/);
      const cut = shown
        .all('.change, .which p')
        .filter(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight + 1)
        .map(({ textContent }) => textContent!.trim());
      expect(cut).toEqual([]);
    }
  },
);
