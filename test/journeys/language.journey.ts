import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Translation } from '../../src/text/translation.ts';
import { scrollThrough, statusSays, useSite } from './site.ts';

const open = useSite();

const german = JSON.parse(
  readFileSync(new URL('../../public/lang/de.json', import.meta.url), 'utf8'),
) as Translation;

it('a link with a language speaks it from the first paint in every card, keeps it, and trains in it', async () => {
  const warnings: string[] = [];
  const { page, errors } = await open('#lang=de', {
    before: async (page) =>
      page.on('console', (message) => {
        if (message.type() === 'warning') warnings.push(message.text());
      }),
  });
  await page.getByText(german['headline']!['recorded']!).waitFor();
  const play = page.getByRole('button', { name: german['transport']!['play']! });
  await play.waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('de');
  // Nothing is computed for somebody who only reads.
  expect(page.workers()).toEqual([]);
  await scrollThrough(page);
  // Every text of every card that came fits.
  expect(warnings.filter((text) => text.includes('lang/'))).toEqual([]);

  await page.evaluate(() => {
    location.hash =
      'lang=de&engine=wasm&steps=2&prompts=2&group-size=4&eval-problems=8&eval-samples=0';
  });
  await statusSays(page, 'bereit: 2 Schritte');
  await play.click();
  await statusSays(page, 'fertig bei Schritt 2');
  expect(new URLSearchParams(new URL(page.url()).hash.slice(1)).get('lang')).toBe('de');
  expect(errors).toEqual([]);
});
