import type { Browser, Frame, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RlvrPlayground } from '../../src/embed/element.ts';
import { heightOf } from '../../src/embed/heights.ts';
import type { EmbedState } from '../../src/embed/messages.ts';
import { GROUND } from '../../src/embed/theme.ts';
import { DEFAULT_SETTINGS } from '../../src/run/settings.ts';
import { elementSnippet, frameSnippet, type Snippet } from '../../src/ui/embed/snippet.ts';
import { startPost, type HostPage } from './hostPage.ts';
import { shiftsOf, watchShifts } from './shifts.ts';
import { startSite, type Site } from './site.ts';

/** The place that an embed has in a page: it moves nothing, and is dark from the beginning where the page is. */
let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

let host: HostPage | null = null;
let page: Page;
afterEach(async () => {
  await page.context().close();
  await host?.close();
  host = null;
});

const PATIENCE = { timeout: 60_000 };
const snippet: Snippet = {
  settings: {
    ...DEFAULT_SETTINGS,
    ...({ engine: 'wasm', prompts: 2, groupSize: 4, steps: 6, evalEvery: 3 } as const),
    ...{ evalProblems: 12, evalSamples: 0 },
  },
  view: {},
  ...{ autorun: false, title: '', caption: '' },
};

type Options = NonNullable<Parameters<Browser['newContext']>[0]>;
async function open(body: string, options: Options): Promise<void> {
  host = await startPost(body);
  page = await (await site.browser.newContext(options)).newPage();
}
const stateOf = (): Promise<EmbedState> =>
  page.evaluate(() => (document.querySelector('rlvr-playground') as RlvrPlayground).state());
async function elementFrame(): Promise<Frame> {
  const handle = await page.waitForFunction(() =>
    document.querySelector('rlvr-playground')?.shadowRoot?.querySelector('iframe'),
  );
  return (await handle.asElement()!.contentFrame())!;
}

describe.each([390, 1200])('a page %i pixels wide', (width) => {
  const SNIPPETS = {
    element: elementSnippet(snippet, 'SITE'),
    frame: frameSnippet(snippet, 'SITE'),
  };
  it.each(['element', 'frame'] as const)('is moved by nothing that an %s does', async (kind) => {
    const html = SNIPPETS[kind].replaceAll('SITE', site.url);
    await open(`<p>Before it.</p>${html}<p id="after">After it.</p>`, {
      viewport: { width, height: 844 },
    });
    await watchShifts(page, 'all');
    await page.goto(host!.url);
    const top = (): Promise<number> =>
      page.evaluate(() => document.getElementById('after')!.getBoundingClientRect().top);
    const before = await top();
    const frame =
      kind === 'element'
        ? await elementFrame()
        : (await (await page.waitForSelector('iframe')).contentFrame())!;
    const run = frame.getByRole('button', { name: 'Run it here' });
    await run.waitFor();
    // The poster is as high as its box: nothing of it has to be scrolled to.
    expect(await scrolled(frame)).toBe(0);
    await run.click();
    await frame.locator('.status', { hasText: 'finished at step 6' }).waitFor(PATIENCE);
    await frame.locator('[data-figure] svg[role=img]').first().waitFor();
    expect(await scrolled(frame)).toBe(0);
    // One row, whatever the width.
    const tops = await frame
      .locator('.acts > button')
      .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().top));
    expect(new Set(tops).size).toBe(1);
    expect([(await shiftsOf(page)).told, await top()]).toEqual(['', before]);
    // What moves is seen: the check can fail.
    await page.evaluate(() => {
      document.querySelector<HTMLElement>('rlvr-playground, iframe')!.style.height = '300px';
    });
    await expect.poll(async () => (await shiftsOf(page)).score).toBeGreaterThan(0);
  });
});

const scrolled = (frame: Frame): Promise<number> =>
  frame.evaluate(() => {
    const { scrollHeight, clientHeight, scrollWidth, clientWidth } = document.documentElement;
    return Math.max(scrollHeight - clientHeight, scrollWidth - clientWidth);
  });

it('an older snippet, without a height, has the same place as soon as the element is defined', async () => {
  await open(
    `<rlvr-playground preset="coin" figures="weight"></rlvr-playground>
    <script type="module" src="${site.url}v1/embed.js"></script>`,
    { viewport: { width: 800, height: 900 } },
  );
  await page.goto(host!.url);
  await page.waitForFunction(() => customElements.get('rlvr-playground'));
  const height = (): Promise<number> =>
    page.evaluate(() => document.querySelector('rlvr-playground')!.clientHeight);
  expect(await height()).toBe(heightOf(['weight']));
  await (await elementFrame()).getByRole('button', { name: 'Run it here' }).waitFor();
  expect(await height()).toBe(heightOf(['weight']));
  // Whoever wants another one says so.
  await page.evaluate(() =>
    document.querySelector('rlvr-playground')!.setAttribute('height', '610'),
  );
  await expect.poll(height).toBe(610);
});

describe('a dark page', () => {
  /** The brightest of red, green and blue anywhere in a picture of the page. */
  async function brightest(): Promise<number> {
    const png = (await page.screenshot()).toString('base64');
    return page.evaluate(async (text) => {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes]));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d')!;
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      return data.reduce((most, value, i) => (i % 4 === 3 ? most : Math.max(most, value)), 0);
    }, png);
  }

  it.each([
    ['nothing of the frame has come', /\/v1\/embed\.html/, 'light'],
    ['its script has not come', /\/assets\/frame-.*\.js/, 'light'],
    ['its script has not come', /\/assets\/frame-.*\.js/, 'dark'],
  ] as const)('stays dark while %s (%s, system %s)', async (_, held, colorScheme) => {
    await open(
      `<script type="module" src="${site.url}v1/embed.js"></script>${elementSnippet(snippet, site.url).split('\n')[1]}`,
      { viewport: { width: 600, height: 560 }, colorScheme },
    );
    let isHeld = false;
    await page.route(held, () => void (isHeld = true));
    await page.goto(host!.url);
    await page.evaluate(() => (document.body.style.background = '#101010'));
    await page.waitForFunction(
      (ground) => {
        const frame = document
          .querySelector('rlvr-playground')
          ?.shadowRoot?.querySelector('iframe');
        return frame && getComputedStyle(frame).backgroundColor === ground;
      },
      `rgb(${GROUND.dark
        .match(/[\da-f]{2}/g)!
        .map((part) => parseInt(part, 16))
        .join(', ')})`,
    );
    await expect.poll(() => isHeld).toBe(true);
    await page.waitForTimeout(300);
    expect(await brightest()).toBeLessThan(0x30);
    // What is white is seen: the check can fail.
    await page.evaluate(() => (document.body.style.background = '#fff'));
    expect(await brightest()).toBe(255);
  });
});

it('another theme, title or sentence by an attribute keeps the frame, and the run in it', async () => {
  const [script, element] = elementSnippet(snippet, site.url).split('\n');
  await open(`${script}${element!.replace('steps="6"', 'steps="4000"')}`, {
    viewport: { width: 700, height: 600 },
  });
  await page.goto(host!.url);
  const frame = await elementFrame();
  const heading = frame.getByRole('heading', { level: 1 });
  const attribute = (name: string, value: string | null): Promise<void> =>
    page.evaluate(
      ([key, text]) => {
        const element = document.querySelector('rlvr-playground')!;
        if (text === null) element.removeAttribute(key);
        else element.setAttribute(key, text);
      },
      [name, value] as const,
    );
  const theme = (): Promise<string | undefined> =>
    frame.evaluate(() => document.documentElement.dataset['theme']);
  await heading.waitFor();
  const own = await heading.textContent();
  // On the poster, plain text only.
  await attribute('title', 'Mine, <b>bold</b>');
  await expect.poll(() => heading.textContent(), PATIENCE).toBe('Mine, <b>bold</b>');
  await frame.getByRole('button', { name: 'Run it here' }).click();
  await expect.poll(async () => (await stateOf()).step, PATIENCE).toBeGreaterThan(2);
  await attribute('caption', 'A sentence.');
  await attribute('theme', 'dark');
  await expect.poll(theme, PATIENCE).toBe('dark');
  await attribute('theme', 'light');
  await expect.poll(theme, PATIENCE).toBe('light');
  await attribute('theme', null);
  await page.evaluate(() => (document.documentElement.style.background = '#101010'));
  await expect.poll(theme, PATIENCE).toBe('dark');
  await frame.getByText('A sentence.').waitFor();
  await attribute('title', null);
  await expect.poll(() => heading.textContent(), PATIENCE).toBe(own);
  const { step, status } = await stateOf();
  expect([step > 2, status]).toEqual([true, 'playing']);
  expect(frame.isDetached()).toBe(false);
  // What is another run is another frame.
  await attribute('seed', '9');
  await expect.poll(() => frame.isDetached(), PATIENCE).toBe(true);
});
