import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Frame, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { RlvrPlayground } from '../../src/embed/element.ts';
import { heightOf } from '../../src/embed/heights.ts';
import type { EmbedState } from '../../src/embed/messages.ts';
import { startSite, type Site } from './site.ts';

/** Pages whose origin has no name: for them and from them messages go otherwise. */
let site: Site;
let folder: string;
let page: Page;
beforeAll(async () => {
  site = await startSite();
  folder = await mkdtemp(join(tmpdir(), 'rlvr-host-'));
});
afterEach(() => page.context().close());
afterAll(async () => {
  await site.close();
  await rm(folder, { recursive: true });
});

const SMALL =
  'engine="wasm" prompts="2" group-size="4" eval-problems="12" eval-samples="0" figures="passk"';
const post = (body: string): string =>
  `<!doctype html><html lang="en"><head><title>A post</title>
  <script type="module" src="${site.url}embed.js"></script></head><body>${body}</body></html>`;

/** Opens a page from disk; gives what is wrong with it as it comes. */
async function openFile(html: string): Promise<string[]> {
  const file = join(folder, 'post.html');
  await writeFile(file, html);
  const context = await site.browser.newContext({ viewport: { width: 800, height: 700 } });
  page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (/host is|postMessage/.test(message.text())) problems.push(message.text());
  });
  await page.goto(pathToFileURL(file).href);
  return problems;
}

type Where = Page | Frame;
const stateOf = (where: Where, id: string): Promise<EmbedState> =>
  where.evaluate((name) => (document.getElementById(name) as RlvrPlayground).state(), id);
async function play(where: Where, id: string): Promise<void> {
  await where.waitForFunction(() => customElements.get('rlvr-playground') !== undefined);
  await where.evaluate((name) => (document.getElementById(name) as RlvrPlayground).play(), id);
}
const reaches = (where: Where, id: string, status: EmbedState['status']) =>
  expect.poll(async () => (await stateOf(where, id)).status, { timeout: 60_000 }).toBe(status);
const heightNow = (where: Where, id: string): Promise<number> =>
  where.evaluate((name) => document.getElementById(name)!.clientHeight, id);

it('a page opened from disk has a playground that plays and answers', async () => {
  const problems = await openFile(
    post(`<rlvr-playground id="a" ${SMALL} steps="3"></rlvr-playground>`),
  );
  await play(page, 'a');
  await reaches(page, 'a', 'finished');
  expect(await stateOf(page, 'a')).toMatchObject({ step: 3, steps: 3 });
  expect(await heightNow(page, 'a')).toBe(heightOf(['passk']));
  expect(problems).toEqual([]);
});

it('a sandboxed frame has playgrounds that play, one at a time, and answer', async () => {
  const two = post(`
    <rlvr-playground id="a" ${SMALL} steps="4000"></rlvr-playground>
    <rlvr-playground id="b" ${SMALL} steps="3"></rlvr-playground>`);
  const problems = await openFile(
    `<iframe title="A post" sandbox="allow-scripts" width="780" height="2000" srcdoc="${two.replaceAll('"', '&quot;')}"></iframe>`,
  );
  const inside = (await (await page.waitForSelector('iframe')).contentFrame())!;
  expect(await inside.evaluate(() => self.origin)).toBe('null');
  await play(inside, 'a');
  await reaches(inside, 'a', 'playing');
  expect(await heightNow(inside, 'a')).toBe(heightOf(['passk']));
  await inside.evaluate(() => document.getElementById('b')!.scrollIntoView());
  await play(inside, 'b');
  await reaches(inside, 'b', 'finished');
  await reaches(inside, 'a', 'released');
  expect(problems).toEqual([]);
});
