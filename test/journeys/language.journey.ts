import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import type { Translation } from '../../src/text/translation.ts';
import { scrollThrough, statusSays, useSite } from './site.ts';

const open = useSite();

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
const german = JSON.parse(
  readFileSync(new URL('../../public/lang/de.json', import.meta.url), 'utf8'),
) as Translation;

describe('a link with a language', () => {
  it.each([
    [1440, 'light'],
    [390, 'dark'],
  ] as const)('speaks it from the first paint, at %i px in %s', async (width, colorScheme) => {
    const warnings: string[] = [];
    const { page, errors } = await open('#lang=de', {
      width,
      colorScheme,
      before: async (page) =>
        page.on('console', (message) => {
          if (message.type() === 'warning') warnings.push(message.text());
        }),
    });
    await page.getByText(german['headline']!['recorded']!).waitFor();
    await page.getByRole('button', { name: german['transport']!['play']! }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    expect(await page.locator('[data-headline=entropy]').innerText()).toContain('Entropie');
    expect(await page.getByRole('navigation').innerText()).toContain('Aufgabe');
    // Nothing is computed for somebody who only reads.
    expect(page.workers()).toEqual([]);

    await page.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true;
    });
    await scrollThrough(page);
    await page.evaluate(axeSource);
    const found = await page.evaluate(async () => {
      const { axe } = window as unknown as { axe: typeof import('axe-core') };
      return (await axe.run(document)).violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
      );
    });
    expect(found).toEqual([]);
    // Every text of every card that came fits.
    expect(warnings.filter((text) => text.includes('lang/'))).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('keeps the language in the address while settings change, and trains in it', async () => {
    const { page } = await open(
      '#lang=de&engine=reference&steps=2&prompts=2&group-size=4&eval-problems=8&eval-samples=0',
    );
    await statusSays(page, 'bereit: 2 Schritte');
    await page.getByRole('button', { name: 'Start' }).click();
    await statusSays(page, 'fertig bei Schritt 2');
    expect(new URLSearchParams(new URL(page.url()).hash.slice(1)).get('lang')).toBe('de');
  });
});

describe('a translation that does not fit', () => {
  const withFile = (body: string, status = 200) =>
    open('#lang=xx', {
      before: (page) => page.route('**/lang/xx.json', (route) => route.fulfill({ status, body })),
    });

  it('is told of, and the text stays English', async () => {
    const { page } = await withFile(
      JSON.stringify({ transport: { ready: '{stepz} mal', reset: 'Nochmals' }, page: { x: 'y' } }),
    );
    await page.getByText("'transport.ready' has the places {stepz}, expected {steps}").waitFor();
    await page.getByText("the area 'page' has no text 'x'").waitFor();
    await statusSays(page, 'ready to train 300 steps');
    await page.getByRole('button', { name: 'Nochmals' }).waitFor();
  });

  it.each([
    ['{"page": ', 200, 'it is no JSON, expected an object of areas'],
    ['', 404, 'the server says 404, expected a file with translated texts'],
  ])(
    'leaves the page English where the file is broken or missing: %s %i',
    async (body, status, why) => {
      const { page } = await withFile(body, status);
      await page.getByText(`The translation lang/xx.json could not be used: ${why}.`).waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
      await page.getByRole('button', { name: 'Play' }).waitFor();
    },
  );

  it('is not looked for under a name that is no language', async () => {
    const { page } = await open('#lang=../bases/maze');
    await page.getByText("lang is '../bases/maze', expected the code of a language").waitFor();
  });
});
