import { describe, expect, it } from 'vitest';
import { parsePermalink, permalinkOf, VIEW_KEYS, type View } from '../../src/run/permalink.ts';
import { PRESETS } from '../../src/run/presets.ts';
import {
  changesOf,
  coerceSetting,
  DEFAULT_SETTINGS,
  defaultsFor,
  isCustom,
  rebase,
  SETTINGS,
  settingsOver,
  type RunSettings,
} from '../../src/run/settings.ts';
import { expectLinksSurvive } from './linkParts.ts';

describe('the table', () => {
  it('has unique keys and flags, and defaults that it takes itself', () => {
    expect(new Set(SETTINGS.map(({ key }) => key)).size).toBe(SETTINGS.length);
    expect(new Set(SETTINGS.map(({ flag }) => flag)).size).toBe(SETTINGS.length);
    for (const setting of SETTINGS)
      expect(coerceSetting(setting, String(setting.default))).toEqual({
        ok: true,
        value: setting.default,
      });
  });

  const setting = (flag: string) => SETTINGS.find((candidate) => candidate.flag === flag)!;
  it.each([
    ['seed', '1.5', "seed is '1.5', expected a whole number from 0 to 2147483647"],
    ['lr', 'NaN', "lr is 'NaN', expected a number from 0 to 10"],
    ['lr', '', "lr is '', expected a number from 0 to 10"],
    ['lr', '-1', "lr is '-1', expected a number from 0 to 10"],
    ['lr', 'Infinity', "lr is 'Infinity', expected a number from 0 to 10"],
    ['size', '5', "size is '5', expected one of 3, 4"],
    ['width', '30', "width is '30', expected a multiple of 4"],
    ['algorithm', 'trpo', /^algorithm is 'trpo', expected one of grpo, dr-grpo, rloo, /],
  ])('refuses %s = %s and says what it expected', (flag, text, problem) => {
    expect(coerceSetting(setting(flag), text)).toMatchObject({
      ok: false,
      problem: typeof problem === 'string' ? problem : expect.stringMatching(problem),
    });
  });
});

describe('changes', () => {
  it('bring the defaults of their task and algorithm along, and come back as they are', () => {
    const changes = { task: 'maze', algorithm: 'dapo', lr: 0.5 } as const;
    const settings = settingsOver(changes);
    expect(settings).toEqual({ ...defaultsFor(changes), lr: 0.5 });
    expect(settings.prompts).toBe(defaultsFor({ task: 'maze', algorithm: 'grpo' }).prompts);
    expect(changesOf(settings)).toEqual(changes);
    expect(changesOf(DEFAULT_SETTINGS)).toEqual({});
  });

  it.each(Object.entries(PRESETS))('of the preset %s are what it says', (_, preset) => {
    expect(changesOf(settingsOver(preset))).toEqual(preset);
  });
});

describe('the permalink', () => {
  it('of the defaults is empty, and holds only what differs', () => {
    expect(permalinkOf(DEFAULT_SETTINGS)).toBe('');
    expect(permalinkOf({ ...DEFAULT_SETTINGS, seed: 7, lr: 0.002 })).toBe('#v=2&seed=7&lr=0.002');
  });

  it('comes back as the same settings', () => {
    const settings: RunSettings = {
      ...defaultsFor({ task: 'countdown', algorithm: 'dr-grpo' }),
      size: '4',
      klCoefficient: 0.05,
      advantage: 'pass-at-k',
      base: 'live',
      steps: 20,
    };
    expect(parsePermalink(permalinkOf(settings))).toEqual({ settings, view: {}, problems: [] });
  });

  it('names what it does not take, and has the default for it', () => {
    const { settings, problems } = parsePermalink(
      '#v=2&seed=7&lr=fast&colour=red&seed=8&size=%E0%A4',
    );
    expect(settings).toEqual({ ...DEFAULT_SETTINGS, seed: 7 });
    expect(problems).toEqual([
      "The link has an unknown setting 'colour'; it is ignored.",
      "The link gives 'seed' twice; the first one counts.",
      "In the link, lr is 'fast', expected a number from 0 to 10; it is set to the default, 0.001.",
      "In the link, size is '\uFFFD', expected one of 3, 4; it is set to the default, 3.",
    ]);
  });

  it('of a page that spoke other languages opens as any other, and nobody is told', () => {
    const link = '#v=2&seed=7&theme=dark';
    for (const lang of ['de', 'pt-BR', '', '<b>', 'de&lang=en'])
      expect(parsePermalink(`${link}&lang=${lang}`)).toEqual({
        ...parsePermalink(link),
        problems: [],
      });
    // It says nothing of settings either, so it means those of now.
    expect(parsePermalink('#lang=de')).toEqual({ ...parsePermalink(''), problems: [] });
  });

  it('holds what is shown beside the settings, under a name that no setting has', () => {
    expect(VIEW_KEYS.filter((key) => SETTINGS.some(({ flag }) => flag === key))).toEqual([]);
    const settings = { ...DEFAULT_SETTINGS, seed: 7 };
    const link = permalinkOf(settings, { study: 'group size' });
    expect(link).toBe('#v=2&seed=7&study=group+size');
    expect(parsePermalink(link)).toEqual({
      settings,
      view: { study: 'group size' },
      problems: [],
    });
    expect(permalinkOf(DEFAULT_SETTINGS, { study: 'width' })).toBe('#study=width');
    expect(parsePermalink('#study=a&study=b')).toMatchObject({
      view: { study: 'a' },
      problems: ["The link gives 'study' twice; the first one counts."],
    });
  });

  it('survives 150 mutations of valid ones: settings always valid, every part taken or named', () => {
    expect(expectLinksSurvive(150).size).toBeGreaterThan(50);
  });
});

describe('the view in a link', () => {
  it('comes back as it was, lists and numbers too', () => {
    const view: View = {
      view: 'lecture',
      step: 120,
      problem: 7,
      curve: 'all',
      figures: ['passk', 'entropy'],
      hide: ['speed'],
      theme: 'dark',
    };
    const link = permalinkOf(DEFAULT_SETTINGS, view);
    expect(link).toBe(
      '#view=lecture&step=120&problem=7&curve=all&figures=passk%2Centropy&hide=speed&theme=dark',
    );
    expect(parsePermalink(link)).toEqual({ settings: DEFAULT_SETTINGS, view, problems: [] });
  });

  it('is ignored where it is not what was expected, which is said', () => {
    const { view, problems } = parsePermalink(
      '#view=cinema&step=-1&problem=0&figures=a,<b>&theme=blue&study=+&curve=some&hide=play',
    );
    expect(view).toEqual({ hide: ['play'] });
    expect(problems).toEqual([
      "In the link, view is 'cinema', expected one of story, lecture, results; it is ignored.",
      "In the link, step is '-1', expected a whole number from 0 to 100000; it is ignored.",
      "In the link, problem is '0', expected a whole number from 1 to 1000; it is ignored.",
      "In the link, figures is 'a,<b>', expected names with commas between them; it is ignored.",
      "In the link, theme is 'blue', expected one of light, dark; it is ignored.",
      "In the link, study is ' ', expected a name; it is ignored.",
      "In the link, curve is 'some', expected one of any, all; it is ignored.",
    ]);
  });

  it('starts from a preset, which what else is there may change', () => {
    expect(parsePermalink('#lr=0.002&preset=still').settings.lr).toBe(0.002);
    const { settings, problems } = parsePermalink('#v=2&preset=coin&seed=7');
    expect(settings).toEqual({ ...DEFAULT_SETTINGS, verifier: 'random', seed: 7 });
    expect(problems).toEqual([]);
    // What is written says what is set, so that a preset may change without changing old runs.
    expect(permalinkOf(settings)).toBe('#v=2&verifier=random&seed=7');
    expect(parsePermalink('#preset=toString').problems).toEqual([
      `In the link, preset is 'toString', expected one of ${Object.keys(PRESETS).join(', ')}; it is ignored.`,
    ]);
  });

  it('gives back to a preset what it does not take, and says so', () => {
    const { settings, problems } = parsePermalink('#v=2&preset=coin&verifier=bogus&seed=7&lr=fast');
    expect(settings).toEqual({ ...DEFAULT_SETTINGS, verifier: 'random', seed: 7 });
    expect(problems).toEqual([
      expect.stringMatching(
        /^In the link, verifier is 'bogus', .*; it is set to that of the preset coin, random\.$/,
      ),
      "In the link, lr is 'fast', expected a number from 0 to 10; it is set to the default, 0.001.",
    ]);
    // A task of the preset brings its own defaults along, whatever was in its place.
    const maze = parsePermalink('#v=2&task=chess&preset=maze&eval-problems=0');
    expect(maze.settings).toEqual(settingsOver({ task: 'maze' }));
    expect(maze.problems[1]).toMatch(/it is set to the default, 100\.$/);
  });

  const presetSettings = Object.entries(PRESETS).flatMap(([preset, values]) =>
    Object.keys(values).map((key) => ({
      preset,
      flag: SETTINGS.find((setting) => setting.key === key)!.flag,
    })),
  );
  it.each(presetSettings)('keeps the $flag of the preset $preset', ({ preset, flag }) => {
    const whole = parsePermalink(`#preset=${preset}`);
    const { settings, problems } = parsePermalink(`#${flag}=none+such&preset=${preset}`);
    expect(settings).toEqual(whole.settings);
    expect(problems).toHaveLength(1);
  });

  it.each(Object.entries(PRESETS))('has the preset %s whole', (name, preset) => {
    const { settings, problems } = parsePermalink(`#preset=${name}`);
    expect(problems).toEqual([]);
    expect(settings).toMatchObject(preset);
  });

  it('means the defaults of its version: of the first where it has settings and names none', () => {
    const first = { ...DEFAULT_SETTINGS, prior: 'broad', seed: 7 };
    for (const link of ['#seed=7', '#v=1&seed=7', '#seed=7&view=story'])
      expect(parsePermalink(link)).toMatchObject({ settings: first, problems: [] });
    expect(parsePermalink('#v=2&seed=7').settings).toEqual({ ...DEFAULT_SETTINGS, seed: 7 });
    // What says only what is shown means the page of now.
    for (const link of ['', '#view=lecture&slide=crossing', '#study=kl'])
      expect(parsePermalink(link).settings).toEqual(DEFAULT_SETTINGS);
    const deck = parsePermalink('#view=lecture&task=maze&slide=lost');
    expect(deck.settings).toEqual(settingsOver({ task: 'maze' }));
    // An old preset is over the defaults of then, and goes on to be when it is written anew.
    const coin = parsePermalink('#preset=coin').settings;
    expect(coin).toEqual({ ...DEFAULT_SETTINGS, prior: 'broad', verifier: 'random' });
    expect(parsePermalink(permalinkOf(coin)).settings).toEqual(coin);
    // A base that is pretrained is pretrained as it was.
    expect(parsePermalink('#base=live&task=maze').settings).toEqual({
      ...settingsOver({ task: 'maze', base: 'live' }),
      ...{ prior: 'broad', pretrainSteps: 1500, correctFraction: 0.15 },
    });
    expect(parsePermalink('#prior=long-tailed').settings).toEqual(DEFAULT_SETTINGS);
  });

  it('says so where it is of another version', () => {
    expect(parsePermalink('#v=1&seed=7').problems).toEqual([]);
    expect(parsePermalink('#v=9&seed=7')).toMatchObject({
      settings: { seed: 7 },
      problems: [
        'The link is of version 9, and this page reads versions 1 and 2; parts of it may mean something else.',
      ],
    });
  });
});

describe('algorithms and tasks bring their defaults along', () => {
  it('in a link, where the algorithm may come after what it sets', () => {
    const { settings } = parsePermalink('#v=2&clip-high=0.3&algorithm=dapo');
    expect(settings).toMatchObject({ filter: 'mixed', minibatches: 4, clipHigh: 0.3 });
    expect(permalinkOf(settings)).toBe('#v=2&algorithm=dapo&clip-high=0.3');
    expect(permalinkOf(parsePermalink('#v=2&algorithm=dapo').settings)).toBe('#v=2&algorithm=dapo');
    // 0.2 is GRPO's bound, and so a change to DAPO's row.
    expect(permalinkOf(parsePermalink('#v=2&clip-high=0.2&algorithm=dapo').settings)).toBe(
      '#v=2&algorithm=dapo&clip-high=0.2',
    );
  });

  it('on the page, where other settings stay as they are', () => {
    const ppo = rebase({ ...DEFAULT_SETTINGS, lr: 0.002, seed: 9 }, { algorithm: 'ppo' });
    expect(ppo).toMatchObject({
      algorithm: 'ppo',
      advantage: 'gae',
      minibatches: 4,
      lr: 0.002,
      seed: 9,
    });
    expect(isCustom(ppo)).toBe(false);
    expect(isCustom({ ...ppo, advantage: 'leave-one-out' })).toBe(true);
    expect(rebase(ppo, { algorithm: 'grpo' })).toEqual({ ...DEFAULT_SETTINGS, lr: 0.002, seed: 9 });
    expect(rebase({ ...ppo, advantage: 'leave-one-out' }, { algorithm: 'ppo' }).advantage).toBe(
      'gae',
    );
  });
});
