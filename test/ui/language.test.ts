import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { translate } from '../../src/text/translation.ts';
import { words } from '../../src/text/words.ts';
import { speakLanguage } from '../../src/ui/language.ts';

const TEXT = words('test-spoken', { ready: 'ready: {steps} steps', reset: 'Reset' });

const page = { documentElement: { lang: 'en' }, baseURI: 'https://example.org/a/' };
/** What the site answers, and what it was asked for. */
let answer: () => Response;
let asked: string[];
beforeEach(() => {
  asked = [];
  page.documentElement.lang = 'en';
  vi.stubGlobal('document', { ...page, querySelector: () => null });
  vi.stubGlobal('fetch', async (url: URL) => {
    asked.push(url.href);
    return answer();
  });
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => {
  translate({});
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('a language', () => {
  it('is fetched from beside the page, spoken, and named to whoever reads the page aloud', async () => {
    answer = () =>
      new Response(readFileSync(new URL('../../public/lang/de.json', import.meta.url), 'utf8'));
    expect(await speakLanguage('de')).toEqual([]);
    expect(asked).toEqual(['https://example.org/a/lang/de.json']);
    expect(page.documentElement.lang).toBe('de');
    expect((await import('../../src/ui/transportWords.ts')).TRANSPORT_TEXT.play).toBe('Start');
    expect(console.warn).not.toHaveBeenCalled();

    expect(await speakLanguage('en')).toEqual([]);
    expect(page.documentElement.lang).toBe('en');
    expect(asked).toHaveLength(1);
  });

  it('that does not fit is told of, and what does not fit stays English', async () => {
    answer = () =>
      Response.json({
        'test-spoken': { ready: '{stepz} mal', reset: 'Nochmals', x: 'y' },
        other: {},
      });
    expect(await speakLanguage('xx')).toEqual([
      "In lang/xx.json, 'test-spoken.ready' has the places {stepz}, expected {steps}; that text stays English.",
      "In lang/xx.json, the area 'test-spoken' has no text 'x'; that text stays English.",
    ]);
    expect([TEXT.ready, TEXT.reset]).toEqual(['ready: {steps} steps', 'Nochmals']);
  });

  it.each([
    [() => new Response('{"page": '), 'it is no JSON, expected an object of areas'],
    [
      () => new Response('', { status: 404 }),
      'the server says 404, expected a file with translated texts',
    ],
    [() => Response.error(), 'the server says 0, expected a file with translated texts'],
  ])('that cannot be had leaves the page English, and says why (%#)', async (given, why) => {
    answer = given;
    expect(await speakLanguage('xx')).toEqual([
      `The translation lang/xx.json could not be used: ${why}. The page stays English.`,
    ]);
    expect(page.documentElement.lang).toBe('en');
    expect(TEXT.reset).toBe('Reset');
  });
});
