import type { Page } from 'playwright';
import { openRoom } from './reader.ts';
import type { OpenOptions, OpenPage, Site } from './site.ts';

/** A page, with the names of the scripts and data that it has asked for. */
export async function openNotingFiles(
  openPage: Site['open'],
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

export const figure = (page: Page, title: string) =>
  page.locator('figure', { hasText: title }).first();
export const group = (page: Page) => page.locator('section[aria-labelledby="completions-title"]');
/** Opens the room with the picture of a step's answers, of a task that has one, and goes there. */
export async function seePicture(page: Page): Promise<void> {
  await openRoom(page, 'problems');
  await page.locator('[data-card=picture]').scrollIntoViewIfNeeded();
}

/** A base made on the spot: what the page does with a task depends on no shipped file. */
export const SMALL =
  'engine=wasm&base=live&pretrain-steps=8&width=8&prompts=4&group-size=8&steps=3&eval-every=3&eval-samples=0';
