import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { uniformSequence } from '../../src/core/random.ts';
import { frameParameters, givenWords } from '../../src/embed/parameters.ts';
import { isNamed, isTaken, partsOf } from '../run/linkParts.ts';
import { GROUND, luminanceOf } from '../../src/embed/theme.ts';
import { parsePermalink } from '../../src/run/permalink.ts';
import { coerceSetting, SETTINGS } from '../../src/run/settings.ts';

describe('the address of a frame', () => {
  it('has a link, and what is only for the frame beside it, in its query or its fragment', () => {
    const expected = {
      link: 'preset=coin&figures=passk%2Centropy',
      host: 'http://127.0.0.1:8080',
      page: '17',
      autorun: true,
      hostTheme: 'dark',
      title: 'A coin, <b>',
      caption: 'It pays.',
      problems: [],
    };
    const own =
      'host=http://127.0.0.1:8080&page=17&autorun&host-theme=dark&title=A+coin,+<b>&caption=It+pays.';
    const link = 'preset=coin&figures=passk,entropy';
    expect(frameParameters({ search: '', hash: `#${link}&${own}` })).toEqual(expected);
    expect(frameParameters({ search: `?${link}`, hash: `#${own}` })).toEqual(expected);
    expect(frameParameters({ search: '', hash: '' })).toEqual({
      ...{ link: '', host: null, page: '', autorun: false, hostTheme: null, problems: [] },
      ...{ title: '', caption: '' },
    });
  });

  it('names a host that is no origin, and hears it not', () => {
    const { host, problems } = frameParameters({ search: '', hash: '#host=everybody' });
    expect(host).toBeNull();
    expect(problems).toEqual([
      "host is 'everybody', expected an origin: scheme, host and port, or null",
    ]);
    expect(frameParameters({ search: '', hash: '#host=*' }).host).toBeNull();
  });

  it('takes a host that has no origin of its own: a file, a sandboxed frame', () => {
    expect(frameParameters({ search: '', hash: '#host=null' })).toMatchObject({
      ...{ host: 'null', problems: [] },
    });
  });

  it('names what else of it is not as expected', () => {
    const told = (hash: string) => frameParameters({ search: '', hash }).problems;
    expect(told('#host-theme=blue')).toEqual(["host-theme is 'blue', expected light or dark"]);
    expect(told('#autorun=banana')).toEqual([
      "autorun is 'banana', expected no value, true or false",
    ]);
    expect(told(`#title=${'x'.repeat(121)}`)).toEqual([
      `title is '${'x'.repeat(60)}', expected at most 120 characters`,
    ]);
    expect(told(`#title=${'x'.repeat(120)}&caption=${'x'.repeat(300)}`)).toEqual([]);
    expect(told('#autorun=constructor')[0]).toContain("autorun is 'constructor'");
    expect(told('#page=1&page=2&autorun&autorun&host=http://a.b&host=*')).toEqual([
      'host is given 2 times, expected once; the first counts',
      'page is given 2 times, expected once; the first counts',
      'autorun is given 2 times, expected once; the first counts',
    ]);
    const autorun = (text: string) => frameParameters({ search: '', hash: `#${text}` }).autorun;
    expect(
      [
        'autorun',
        'autorun=',
        'autorun=true',
        'autorun=autorun',
        'autorun=false',
        '',
        'autorun=no',
      ].map(autorun),
    ).toEqual([true, true, true, true, false, false, false]);
  });

  it('takes what stands above the figures by one rule with a message: trimmed, and each by itself', () => {
    const problems: string[] = [];
    const long = 'x'.repeat(121);
    expect(givenWords({ title: ` ${long} `, caption: ' A sentence. ' }, problems)).toEqual({
      ...{ title: '', caption: 'A sentence.' },
    });
    expect(problems).toEqual([`title is '${'x'.repeat(60)}', expected at most 120 characters`]);
    const hash = `#title=+${long}+&caption=+A+sentence.+`;
    expect(frameParameters({ search: '', hash })).toMatchObject({
      ...{ title: '', caption: 'A sentence.', problems },
    });
  });

  it('survives 2,000 mutations of the attributes of an element: settings valid, every loss named', () => {
    const random = uniformSequence({ seed: 11, stream: 99, step: 0 });
    const valid =
      '#preset=coin&figures=passk,entropy&hide=seed&theme=dark&seed=3&lr=0.002&host=http://a.b:1&page=4';
    const alphabet = '#&=%+,.-eE<>"\'0123456789abcXYZ\u0000\u00e9\ud83d';
    for (let n = 0; n < 2000; n++) {
      const letters = [...valid];
      for (let edits = 1 + Math.floor(random() * 6); edits > 0; edits--) {
        const at = 1 + Math.floor(random() * (letters.length - 1));
        letters.splice(
          at,
          Math.floor(random() * 3),
          alphabet[Math.floor(random() * alphabet.length)]!,
        );
      }
      const hash = letters.join('');
      const parameters = frameParameters({ search: '', hash });
      const { settings, view, problems } = parsePermalink(parameters.link);
      for (const setting of SETTINGS)
        expect(coerceSetting(setting, String(settings[setting.key])).ok).toBe(true);
      const parsed = { settings, view, problems };
      const lost = partsOf(parameters.link).filter((part) => !isTaken(part, parsed));
      expect(
        lost.filter((part) => !isNamed(part, parsed)),
        hash,
      ).toEqual([]);
      expect(problems.length, hash).toBe(lost.length);
      // What is the frame's own is taken out of the link whole, and a host that is none is named.
      const all = new URLSearchParams(hash.slice(1));
      const host = all.get('host');
      expect(parameters.host !== null || host === null || parameters.problems.length === 1).toBe(
        true,
      );
      for (const name of [...(view.figures ?? []), ...(view.hide ?? [])])
        expect(name).toMatch(/^[\w@-]{1,40}$/);
    }
  });
});

describe('the luminance of a colour', () => {
  it('is 0 for black, 1 for white, 0.2126 for red, and none for what lets through', () => {
    expect(luminanceOf('rgb(0, 0, 0)')).toBe(0);
    expect(luminanceOf('rgb(255, 255, 255)')).toBeCloseTo(1, 12);
    expect(luminanceOf('rgb(255, 0, 0)')).toBeCloseTo(0.2126, 12);
    // (0.5 → ((0.50196 + 0.055) / 1.055)^2.4 = 0.2159) for each channel.
    expect(luminanceOf('rgb(128, 128, 128)')).toBeCloseTo(0.2159, 4);
    expect(luminanceOf('rgba(0, 0, 0, 0)')).toBeNull();
    expect(luminanceOf('transparent')).toBeNull();
  });
});

it('the ground of a frame that has not loaded is that of the page in it', () => {
  const css = readFileSync(new URL('../../src/ui/theme.css', import.meta.url), 'utf8');
  expect(css).toContain(`--surface: light-dark(${GROUND.light}, ${GROUND.dark});`);
});
