import type { Frame, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { heightOf } from '../../src/embed/heights.ts';
import type { EmbedState } from '../../src/embed/messages.ts';
import { PRESET_WORDS } from '../../src/embed/words.ts';
import type { RlvrPlayground } from '../../src/embed/element.ts';
import { violations } from './axe.ts';
import { startHostPage, type HostPage } from './hostPage.ts';
import { startSite, watchFrames, type Site } from './site.ts';

const HEIGHT = heightOf([]);
const SMALL =
  'engine="wasm" prompts="4" group-size="4" eval-problems="12" eval-samples="0" eval-every="5"';

/** A poll gives up after a second by itself, in which a busy machine does little. */
const PATIENCE = { timeout: 60_000 };

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

let host: HostPage | null = null;
let page: Page | null = null;
afterEach(async () => {
  await page?.context().close();
  await host?.close();
  page = host = null;
});

interface Opened {
  page: Page;
  errors: string[];
  /** The files that the site has been asked for, by their paths. */
  loaded: string[];
}

/** A page of another origin with these elements in it, and what the site has been asked for by it. */
async function openHost(body: string): Promise<Opened> {
  host = await startHostPage(body, site.url);
  const context = await site.browser.newContext({ viewport: { width: 800, height: 700 } });
  page = await context.newPage();
  const opened: Opened = { page, errors: [], loaded: [] };
  page.on('console', (message) => {
    if (message.type() === 'error') opened.errors.push(message.text());
  });
  page.on('pageerror', (error) => opened.errors.push(error.message));
  context.on('request', (request) => {
    if (request.url().startsWith(site.url))
      opened.loaded.push(request.url().slice(site.url.length));
  });
  await page.goto(host.url);
  watchFrames(page);
  return opened;
}

/** The frame of an element of the page. */
async function frameOf(page: Page, id: string): Promise<Frame> {
  const handle = await page.waitForFunction(
    (name) => document.getElementById(name)?.shadowRoot?.querySelector('iframe'),
    id,
  );
  const frame = await handle.asElement()!.contentFrame();
  await frame!.waitForSelector('#embed > *');
  return frame!;
}

const stateOf = (page: Page, id: string): Promise<EmbedState> =>
  page.evaluate((name) => (document.getElementById(name) as RlvrPlayground).state(), id);
const reachesStatus = (page: Page, id: string, status: EmbedState['status']) =>
  expect.poll(async () => (await stateOf(page, id)).status, PATIENCE).toBe(status);
/** Runs a method of the element. */
const call = (page: Page, id: string, method: 'play' | 'pause' | 'reset' | 'step') =>
  page.evaluate(([name, verb]) => (document.getElementById(name) as RlvrPlayground)[verb](), [
    id,
    method,
  ] as const);
const themeOf = (frame: Frame) => frame.evaluate(() => document.documentElement.dataset['theme']);
const scrollsByWheel = async (page: Page): Promise<void> => {
  const before = await page.evaluate(() => scrollY);
  await page.mouse.wheel(0, 200);
  await expect.poll(() => page.evaluate(() => scrollY), PATIENCE).toBe(before + 200);
};

describe('playgrounds in a page of another origin', () => {
  const THREE = `
    <rlvr-playground id="a" ${SMALL} steps="10" seed="7" figures="passk,entropy"></rlvr-playground>
    <rlvr-playground id="b" ${SMALL} steps="4000" figures="entropy"></rlvr-playground>
    <rlvr-playground id="c" v="2" preset="crossing" hide="run-to,branch"></rlvr-playground>
    <p class="tall">The post goes on.</p>`;

  it('show posters and nothing that computes; then train one at a time, and tell the page', async () => {
    const { page, loaded, errors } = await openHost(THREE);
    const first = await frameOf(page, 'a');
    // A snippet without a version means the base of the first one, which can solve everything; of its 12 problems.
    const base = first.getByRole('img', { name: /^base: 0\.\d{3} at k = 1, 1\.000 at k = 1024$/ });
    await base.waitFor();
    const before = /0\.\d{3}/.exec((await base.getAttribute('aria-label'))!)![0];
    expect(loaded).toContain('v1/embed.js');
    expect((await stateOf(page, 'a')).status).toBe('poster');
    // The recorded run has its own picture, with the curve that it ended with.
    await page.locator('#c').scrollIntoViewIfNeeded();
    const recorded = await frameOf(page, 'c');
    await recorded.getByText('recorded, 300 steps, seed 1').waitFor();
    expect(loaded.filter((path) => /worker|engine|figures-.*js|recording/.test(path))).toEqual([]);
    expect(page.workers().length).toBe(0);

    await page.evaluate(() => {
      const heard: EmbedState[] = [];
      Object.assign(window, { heard });
      document
        .getElementById('a')!
        .addEventListener('rlvr-change', (event) => heard.push((event as CustomEvent).detail));
    });
    await first.getByRole('button', { name: 'Run it here' }).click();
    await reachesStatus(page, 'a', 'finished');
    const done = await stateOf(page, 'a');
    expect(done).toMatchObject({ step: 10, steps: 10 });
    expect(done.link).toContain('seed=7');
    const heard = () => page.evaluate(() => (window as unknown as { heard: EmbedState[] }).heard);
    // Told ten times a second.
    await expect.poll(async () => (await heard()).at(-1), PATIENCE).toEqual(done);
    // What it told is what it shows.
    const shown = await first.locator('[data-headline="pass@1"] b').textContent();
    expect(Number(shown)).toBeCloseTo(done.passAt1!, 3);
    // From the base that its poster had.
    expect(await first.locator('[data-headline="pass@1"]').textContent()).toContain(before);
    // The height that it had from the beginning, and no bar to scroll by.
    expect(await page.locator('#a').evaluate((element) => element.clientHeight)).toBe(HEIGHT);
    expect(
      await first.evaluate(() => {
        const { scrollHeight, clientHeight } = document.documentElement;
        return scrollHeight - clientHeight;
      }),
    ).toBeLessThanOrEqual(1);

    await page.locator('#b').scrollIntoViewIfNeeded();
    await frameOf(page, 'b');
    await call(page, 'b', 'play');
    await reachesStatus(page, 'b', 'playing');
    await reachesStatus(page, 'a', 'released');
    expect(page.workers().length).toBe(1);
    // The figures stay, and the same run comes again.
    expect(await first.locator('[data-headline="pass@1"] b').textContent()).toBe(shown);
    await page.locator('#a').scrollIntoViewIfNeeded();
    await call(page, 'a', 'play');
    await reachesStatus(page, 'b', 'released');
    await reachesStatus(page, 'a', 'finished');
    expect(await stateOf(page, 'a')).toEqual(done);
    expect(errors).toEqual([]);
  });

  it('say what is wrong with an attribute, leave out what is named, and take another link as a whole', async () => {
    const { page } = await openHost(
      `<rlvr-playground id="a" preset="nonsense" lr="fast" hide="play,open,volume" figures="entropy"></rlvr-playground>`,
    );
    const problems: string[] = [];
    page.on('console', (message) => problems.push(message.text()));
    const frame = await frameOf(page, 'a');
    await frame.getByText("preset is 'nonsense', expected one of crossing").waitFor();
    await frame.getByText("lr is 'fast', expected a number from 0 to 10").waitFor();
    await expect.poll(() => problems.join(), PATIENCE).toContain("lr is 'fast'");
    const [run, open] = [frame.locator('button.run'), frame.locator('a.open')];
    await open.waitFor({ state: 'attached' });
    expect([await run.isVisible(), await open.isVisible()]).toEqual([false, false]);

    const load = (link: string): Promise<void> =>
      page.evaluate((text) => (document.getElementById('a') as RlvrPlayground).load(text), link);
    const small = 'engine=wasm&prompts=2&group-size=4&eval-problems=8&eval-samples=0&eval-every=5';
    // A poster first; then what runs is replaced, with all that says how it is shown.
    await load(`${small}&steps=3&figures=entropy&theme=dark`);
    await run.waitFor();
    expect(await themeOf(frame)).toBe('dark');
    await run.click();
    await reachesStatus(page, 'a', 'finished');
    await load(`${small}&steps=9&seed=5&figures=reward&hide=reset,volume&step=6&lang=de`);
    await frame.locator('[data-figure=reward] svg[role=img]').waitFor();
    expect(await frame.locator('[data-figure=entropy]').count()).toBe(0);
    await frame.getByText("hide has 'volume', which is no control").waitFor();
    await expect.poll(async () => (await stateOf(page, 'a')).step, PATIENCE).toBe(6);
    expect((await stateOf(page, 'a')).link).toContain('seed=5');
    const shows = (name: string): Promise<boolean> =>
      frame.locator(`[data-control=${name}]`).isVisible();
    expect([await shows('step'), await shows('reset')]).toEqual([true, false]);
    // What is of the playground's own page stays there.
    expect(await frame.locator('.badge, [data-control=story], .beside').count()).toBe(0);
    expect(await themeOf(frame)).toBe('light');
    // A link from when there were other languages is one like any other.
    expect(await frame.getByText("'lang'").count()).toBe(0);
    expect(await frame.evaluate(() => document.documentElement.lang)).toBe('en');
    expect(await frame.locator('.acts').count()).toBe(1);

    // Of the page's own base, and yet another run than the one that the page has recorded.
    await load('v=2&preset=coin&engine=wasm');
    await frame.getByText('pass@1 0.111').waitFor();
    await reachesStatus(page, 'a', 'paused');
    expect(await frame.locator('.numbers-line b, .numbers-line .of').count()).toBe(0);

    await load(`${small}&steps=3`);
    await frame.locator('[data-figure=passk] svg[role=img]').waitFor();
    await frame.locator('[data-control=reset]').waitFor();
    expect(page.workers().length).toBeLessThanOrEqual(1);
  });

  it('run while the picture of a recorded run is still on its way, and keep the poster as it is under other words', async () => {
    const { page, errors } = await openHost('<p>Nothing yet.</p>');
    let release = (): void => undefined;
    const stalled = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/runs/posters/crossing.json', async (route) => {
      await stalled;
      await route.continue();
    });
    const put = (html: string): Promise<void> =>
      page.evaluate((text) => document.body.insertAdjacentHTML('beforeend', text), html);
    await put('<rlvr-playground id="a" v="2" preset="crossing" engine="wasm"></rlvr-playground>');
    const handle = await page.waitForSelector('#a iframe', { state: 'attached' });
    const first = (await handle.contentFrame())!;
    await call(page, 'a', 'step');
    await first.getByRole('heading', { name: PRESET_WORDS['crossing']!.name }).waitFor();
    await expect.poll(async () => (await stateOf(page, 'a')).step, PATIENCE).toBe(1);
    release();
    await first.getByRole('heading', { name: PRESET_WORDS['crossing']!.title }).waitFor();

    await put('<rlvr-playground id="b" v="2" preset="coin"></rlvr-playground>');
    await page.setViewportSize({ width: 400, height: 700 });
    await page.locator('#b').scrollIntoViewIfNeeded();
    const second = await frameOf(page, 'b');
    const tab = second.getByRole('button', { name: 'pass@k over steps' });
    await tab.click();
    await page.locator('#b').evaluate((element) => element.setAttribute('title', ' Mine '));
    await second.getByRole('heading', { level: 1, name: 'Mine' }).waitFor();
    expect(await tab.getAttribute('aria-pressed')).toBe('true');
    expect(await tab.evaluate((each) => each === document.activeElement)).toBe(true);
    expect(errors).toEqual([]);
  });

  it('start by themselves where they are told to, but for readers who want reduced motion', async () => {
    const playground = (id: string): string =>
      `<rlvr-playground id="${id}" ${SMALL} steps="3" figures="entropy" autorun></rlvr-playground>`;
    const { page } = await openHost('<p>Nothing yet.</p>');
    const put = (html: string): Promise<void> =>
      page.evaluate((text) => document.body.insertAdjacentHTML('afterbegin', text), html);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await put(playground('still'));
    const still = await frameOf(page, 'still');
    await still.getByRole('button', { name: 'Run it here' }).waitFor();
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await put(playground('a'));
    await reachesStatus(page, 'a', 'finished');
    // In sight from before the other one began.
    expect((await stateOf(page, 'still')).status).toBe('poster');
  });

  it('can be used at 360 px by everyone, follow the page from light to dark, and leave it the wheel', async () => {
    const plain = `${site.url}v1/embed.html?engine=wasm&prompts=2&eval-problems=12&steps=4000&figures=entropy`;
    const { page } = await openHost(
      `<rlvr-playground id="a" ${SMALL} steps="4000" figures="passk"></rlvr-playground>
      <iframe id="plain" title="A run" width="340" height="900" src="${plain}"></iframe>
      <p class="tall">The post goes on.</p>`,
    );
    await page.setViewportSize({ width: 360, height: 740 });
    const frame = await frameOf(page, 'a');
    const fits = (): Promise<number> =>
      frame.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
    await frame.getByRole('button', { name: 'Run it here' }).waitFor();
    expect(await violations(frame)).toEqual([]);
    expect(await fits()).toBe(0);
    await frame.getByRole('button', { name: 'Run it here' }).click();
    await reachesStatus(page, 'a', 'playing');
    const drawing = frame.locator('[data-figure=passk] svg[role=img]');
    await drawing.waitFor();
    // The poster has classes of its own, which say nothing of the figure.
    const sizes = await drawing
      .locator('text')
      .evaluateAll((texts) => texts.map((text) => getComputedStyle(text).fontSize));
    expect(new Set(sizes).size).toBe(1);
    expect(await fits()).toBe(0);
    expect(await violations(frame)).toEqual([]);
    expect(await themeOf(frame)).toBe('light');
    await page.evaluate(() => document.documentElement.classList.add('dark'));
    await expect.poll(() => themeOf(frame), PATIENCE).toBe('dark');
    expect(await violations(frame, { rules: ['color-contrast'] })).toEqual([]);

    await page.mouse.move(180, 300);
    await scrollsByWheel(page);
    expect((await stateOf(page, 'a')).status).toBe('playing');
    // Over a plain frame too.
    await page.locator('#plain').evaluate((each) => each.scrollIntoView({ block: 'start' }));
    await page.frameLocator('#plain').getByRole('button', { name: 'Run it here' }).waitFor();
    await scrollsByWheel(page);

    // A class is the page's own business: the same frame stays, with the run that is in it.
    const isSame = await page.evaluate(async () => {
      const element = document.getElementById('a')!;
      const before = element.shadowRoot!.querySelector('iframe');
      element.classList.add('wide');
      await new Promise(requestAnimationFrame);
      const isKept = element.shadowRoot!.querySelector('iframe') === before;
      element.setAttribute('seed', '3');
      await new Promise(requestAnimationFrame);
      return [isKept, element.shadowRoot!.querySelector('iframe') === before];
    });
    expect(isSame).toEqual([true, false]);
  });

  it('hear nobody but their own page, and only commands', async () => {
    const { page, errors } = await openHost(`<rlvr-playground id="a" ${SMALL}></rlvr-playground>`);
    const frame = await frameOf(page, 'a');
    // Which answers once it listens.
    expect((await stateOf(page, 'a')).status).toBe('poster');
    // From the frame's own window, which is not the page; and to the page, from a window that is not the frame.
    await frame.evaluate(() => window.postMessage({ rlvr: 1, kind: 'play' }, '*'));
    await page.evaluate(() =>
      window.postMessage({ rlvr: 1, kind: 'height', height: 9999 }, location.origin),
    );
    const messages = await page.evaluate(() => {
      const heard: string[] = [];
      const element = document.getElementById('a')!;
      const inner = element.shadowRoot!.querySelector('iframe')!;
      const origin = new URL(inner.src).origin;
      return new Promise<string[]>((resolve) => {
        element.addEventListener('rlvr-problem', (event) => {
          heard.push((event as CustomEvent<{ message: string }>).detail.message);
          if (heard.length === 2) resolve(heard);
        });
        for (const message of [
          { rlvr: 1, kind: 'explode' },
          'hello',
          { rlvr: 1, kind: 'load', link: '<img src=x>' },
        ])
          inner.contentWindow!.postMessage(message, origin);
      });
    });
    expect(messages).toEqual([
      expect.stringMatching(/^a message is of the kind 'explode', expected one of play, pause/),
      expect.stringContaining("unknown setting '<img src'"),
    ]);
    expect((await stateOf(page, 'a')).status).toBe('poster');
    expect(await page.locator('#a').evaluate((element) => element.clientHeight)).toBeLessThan(2000);
    expect(errors).toEqual([]);
  });
});

it('works as a plain frame, with the same as parameters of its address', async () => {
  host = await startHostPage(
    `<iframe id="plain" title="A run" width="700" height="900"
      src="${site.url}v1/embed.html?preset=coin&figures=entropy&steps=5&engine=wasm&prompts=2&autorun"></iframe>`,
    site.url,
  );
  page = await (await site.browser.newContext()).newPage();
  const heights = await (async () => {
    await page.addInitScript(() => {
      const heard: unknown[] = [];
      Object.assign(window, { heard });
      addEventListener('message', ({ data }) => heard.push(data));
    });
    await page.goto(host.url);
    const frame = page.frameLocator('#plain');
    await frame.locator('.status', { hasText: 'finished at step 5' }).waitFor(PATIENCE);
    await frame.getByRole('heading', { name: 'A coin pays' }).waitFor();
    return page.evaluate(() => (window as unknown as { heard: Record<string, unknown>[] }).heard);
  })();
  // Its height, in its own words and in those that many hosts know; nothing else leaves it.
  expect(
    heights.some(({ context, height }) => context === 'iframe.resize' && Number(height) > 100),
  ).toBe(true);
  expect(
    heights.filter(({ rlvr, kind, context }) => !(rlvr && kind === 'height') && !context),
  ).toEqual([]);
});
