import { describe, expect, it } from 'vitest';
import { heightOf } from '../../src/embed/heights.ts';
import { frameParameters } from '../../src/embed/parameters.ts';
import { parsePermalink } from '../../src/run/permalink.ts';
import { DEFAULT_SETTINGS } from '../../src/run/settings.ts';
import { elementSnippet, frameSnippet, type Snippet } from '../../src/ui/embed/snippet.ts';

const SITE = 'http://127.0.0.1/play/';
const snippet: Snippet = {
  settings: { ...DEFAULT_SETTINGS, seed: 7, verifier: 'random' },
  view: { figures: ['passk', 'entropy'], hide: ['seed'], theme: 'dark' },
  ...{ autorun: true, title: '', caption: '' },
};
const plain: Snippet = {
  ...{ settings: DEFAULT_SETTINGS, view: {}, autorun: false, title: '', caption: '' },
};

describe('the snippet', () => {
  it('names what differs from the defaults as attributes', () => {
    expect(elementSnippet(snippet, SITE)).toBe(
      `<script type="module" src="${SITE}v1/embed.js"></script>\n` +
        '<rlvr-playground v="2" verifier="random" seed="7" figures="passk,entropy" hide="seed" theme="dark" autorun style="display: block; height: 520px"></rlvr-playground>',
    );
    expect(elementSnippet(plain, SITE)).toContain('<rlvr-playground v="2" style=');
  });

  it('is read back from the address of the frame as the same set-up', () => {
    const html = frameSnippet(snippet, SITE);
    const address = new URL(/src="([^"]*)"/.exec(html)![1]!.replace(/&amp;/g, '&'));
    expect(address.pathname).toBe('/play/v1/embed.html');
    const parameters = frameParameters(address);
    expect(parameters.autorun).toBe(true);
    expect(parsePermalink(parameters.link)).toEqual({
      settings: snippet.settings,
      view: snippet.view,
      problems: [],
    });
  });

  it('has the height of its figures, as the element and as the frame', () => {
    for (const figures of [['passk'], ['weight', 'passk']]) {
      const of = { ...plain, view: { figures } };
      const height = heightOf(figures);
      expect(elementSnippet(of, SITE)).toContain(`height: ${height}px`);
      expect(frameSnippet(of, SITE)).toContain(`height="${height}"`);
    }
    expect(heightOf(['weight'])).toBeGreaterThan(heightOf(['passk']));
  });

  it('has a title and a sentence as they were written', () => {
    const words = { title: 'Pass "k"', caption: 'Many <b>tries</b> & one' };
    const of = { ...plain, ...words };
    expect(elementSnippet(of, SITE)).toContain(
      'title="Pass &quot;k&quot;" caption="Many &lt;b>tries&lt;/b> &amp; one"',
    );
    const html = frameSnippet(of, SITE);
    const address = new URL(/src="([^"]*)"/.exec(html)![1]!.replace(/&amp;/g, '&'));
    expect(frameParameters(address)).toMatchObject(words);
    expect(html).toContain(' title="Pass &quot;k&quot;"');
  });

  it('lets no quote out of its attribute', () => {
    const strange = { ...snippet, view: { figures: ['"><script>'] } };
    expect(elementSnippet(strange, SITE)).toContain('figures="&quot;>&lt;script>"');
  });
});
