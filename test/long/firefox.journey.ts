import { describe, expect, it } from 'vitest';
import type { RlvrPlayground } from '../../src/embed/element.ts';
import { isRecorded, path, press, says, useFirefox, SMALL } from '../journeys/firefoxPage.ts';
import { startHostPage } from '../journeys/hostPage.ts';

const { errors, open, site } = useFirefox();

describe.skipIf(!path)('in Firefox', () => {
  it('has no bar to scroll sideways by, on a phone or a tablet', async () => {
    for (const width of [390, 768]) {
      const page = await open(site().url, { width });
      await isRecorded(page);
      const { scrollWidth, clientWidth } = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return { scrollWidth, clientWidth };
      });
      expect(scrollWidth, `at ${width} px`).toBe(clientWidth);
      expect(errors).toEqual([]);
    }
  });

  it('trains in WebAssembly where WebGL is switched off, and says why', async () => {
    const page = await open(`${site().url}#${SMALL}&steps=4`, {
      preferences: { 'webgl.disabled': true },
    });
    await says(page, '.status', 'ready to train');
    await press(page, 'Play');
    await says(page, '.status', 'finished at step 4');
    await press(page, 'More');
    await says(page, '.badge', 'WebAssembly');
    await says(page, 'body', 'no WebGL 2 here');
    expect(errors).toEqual([]);
  });

  it('runs an embed in a page of another origin', async () => {
    const host = await startHostPage(
      `<rlvr-playground id="a" engine="wasm" steps="6" figures="passk"
        ${SMALL.replace(/([\w-]+)=(\w+)&?/g, '$1="$2" ')}></rlvr-playground>`,
      site().url,
    );
    try {
      const page = await open(host.url);
      const frameOf = () => page.frames().find((frame) => frame.url().includes('embed.html'));
      await expect.poll(frameOf, { timeout: 30_000 }).toBeDefined();
      const frame = frameOf()!;
      await press(frame, 'Run it here');
      await says(frame, '.status', 'finished at step 6');
      const state = await page.$eval('#a', (element) => (element as RlvrPlayground).state());
      expect(state).toMatchObject({ status: 'finished', step: 6 });
      // The other page has no icon, and a policy that lets none be looked for.
      expect(errors.filter((error) => !error.includes(`${host.url}favicon.ico`))).toEqual([]);
    } finally {
      await host.close();
    }
  });

  it('keeps the page for offline use', async () => {
    const page = await open(site().url);
    await isRecorded(page);
    await says(page, 'footer', 'Saved for offline use:');
    await site().stopServing();
    await page.reload();
    await isRecorded(page);
    expect(errors).toEqual([]);
  });
});
