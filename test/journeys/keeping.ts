import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { button } from './reader.ts';

/** A busy machine takes its time. */
export const soon = <T>(look: () => T) => expect.poll(look, { timeout: 30_000 });
/** What the page says of a file that it has saved or opened. */
export const remark = (page: Page) => page.locator('.remark');

/** What a press of a button gives the reader to keep. */
export async function kept(
  page: Page,
  press: () => Promise<unknown>,
): Promise<{ name: string; bytes: Buffer }> {
  const [given] = await Promise.all([page.waitForEvent('download'), press()]);
  return { name: given.suggestedFilename(), bytes: await readFile(await given.path()) };
}

/** Gives the page a file to open. */
export const openFile = (page: Page, { name, bytes }: { name: string; bytes: Buffer }) =>
  page
    .locator('[data-card=runs] input[type=file]')
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: bytes });

/** Presses Save and SVG of the figure of that title; gives back the name of the file and its texts. */
export async function savedSvg(page: Page, title: string | RegExp) {
  const source = typeof title === 'string' ? title : title.source;
  await button(page, new RegExp(`${source}: save$`)).click();
  const group = page.getByRole('group', { name: new RegExp(`${source}: save as$`) });
  const { name, bytes } = await kept(page, () =>
    group.getByRole('button', { name: 'SVG' }).click(),
  );
  const svg = bytes.toString();
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);
  return {
    svg,
    name,
    said: texts.join(' ').replaceAll('&amp;', '&'),
  };
}

/** Presses Save and PNG: the picture is twice as large as the SVG, and has something in it. */
export async function savedPng(page: Page, title: string, svg: string): Promise<void> {
  const [, ...size] = /^<svg [^>]*width="(\d+)" height="(\d+)"/.exec(svg)!.map(Number);
  await button(page, `${title}: save`).click();
  const group = page.getByRole('group', { name: `${title}: save as` });
  const { bytes: png } = await kept(page, () => group.getByRole('button', { name: 'PNG' }).click());
  // Width and height stand in the first block of a PNG.
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(size.map((each) => 2 * each));
  expect(png.length).toBeGreaterThan(5000);
}
