import { describe, expect, it } from 'vitest';
import { frameParameters } from '../../src/embed/parameters.ts';
import { parsePermalink } from '../../src/run/permalink.ts';
import { DEFAULT_SETTINGS } from '../../src/run/settings.ts';
import { elementSnippet, frameSnippet, type Snippet } from '../../src/ui/embed/snippet.ts';

const SITE = 'http://127.0.0.1/play/';
const snippet: Snippet = {
  settings: { ...DEFAULT_SETTINGS, seed: 7, verifier: 'random' },
  view: { figures: ['passk', 'entropy'], hide: ['seed'], theme: 'dark' },
  autorun: true,
};

describe('the snippet', () => {
  it('names what differs from the defaults as attributes', () => {
    expect(elementSnippet(snippet, SITE)).toBe(
      `<script type="module" src="${SITE}v1/embed.js"></script>\n` +
        '<rlvr-playground v="2" verifier="random" seed="7" figures="passk,entropy" hide="seed" theme="dark" autorun></rlvr-playground>',
    );
    expect(
      elementSnippet({ settings: DEFAULT_SETTINGS, view: {}, autorun: false }, SITE),
    ).toContain('<rlvr-playground v="2"></rlvr-playground>');
  });

  it('is read back from the address of the frame as the same set-up', () => {
    const html = frameSnippet(snippet, SITE, 700);
    const address = new URL(/src="([^"]*)"/.exec(html)![1]!.replace(/&amp;/g, '&'));
    expect(address.pathname).toBe('/play/v1/embed.html');
    const parameters = frameParameters(address);
    expect(parameters.autorun).toBe(true);
    expect(parsePermalink(parameters.link)).toEqual({
      settings: snippet.settings,
      view: snippet.view,
      problems: [],
    });
    expect(html).toContain('height="700"');
  });

  it('lets no quote out of its attribute', () => {
    const strange = { ...snippet, view: { figures: ['"><script>'] } };
    expect(elementSnippet(strange, SITE)).toContain('figures="&quot;>&lt;script>"');
  });
});
