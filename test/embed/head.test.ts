import { describe, expect, it } from 'vitest';
import { headOf } from '../../src/embed/head.ts';
import { FIGURE_HEADS, FIGURE_WORDS, POSTER, PRESET_WORDS } from '../../src/embed/words.ts';
import { STANDARD } from '../../src/run/defaults.ts';
import { parsePermalink } from '../../src/run/permalink.ts';
import { linkOfRun, presetOf, presetSettings } from '../../src/run/presetOf.ts';
import { PRESETS, type PresetName } from '../../src/run/presets.ts';
import { FIGURES } from '../../src/ui/embed/figures.ts';

const NAMES = Object.keys(PRESETS) as PresetName[];
/** p of the base and of the trained policy, whose means cross where 1 − 0.9^k = (1 − 0.4^k) / 2: at k ≈ 6.6. */
const crossing = { baseP: [0.1, 0.1], p: [0.6, 0] };

describe('what stands above the figures', () => {
  it('is another for each preset, and for each figure that stands alone', () => {
    expect(Object.keys(PRESET_WORDS)).toEqual(NAMES);
    const heads = [
      ...NAMES.map((preset) => headOf(preset, ['passk', 'training'], crossing)),
      ...Object.keys(FIGURE_HEADS).map((figure) => headOf('crossing', [figure], crossing)),
    ];
    for (const part of ['title', 'caption'] as const)
      expect(new Set(heads.map((head) => head[part])).size).toBe(heads.length);
    expect(Object.keys(FIGURE_WORDS)).toEqual(Object.keys(FIGURES));
  });

  it('tells of a recorded run its own numbers, and claims nothing without one', () => {
    const { caption } = headOf('crossing', [], crossing);
    expect(caption).toMatch(/From k ≈ 6\.6 on/);
    const { title, caption: what } = headOf('crossing', [], null);
    expect(title).toBe(PRESET_WORDS['crossing']!.name);
    expect(what).not.toMatch(/\d|\{/);
    expect(headOf(null, ['passk'], null).title).toBe(POSTER.title);
    // What a run of any settings does is not known: a coin may pay, a teacher may answer.
    for (const figures of [['passk'], ...Object.keys(FIGURE_HEADS).map((name) => [name])]) {
      const { title, caption } = headOf(null, figures, null);
      expect(`${title} ${caption}`).not.toMatch(/program|verif|easier|harder|rises|falls/);
    }
  });

  it('tells of problems beyond the prior what 256 samples solve', () => {
    // 1 − 0.5^256 = 1 and 0, half of each; 1 − 0.999^256 = 0.226.
    const beyond = { baseP: [0.001], p: [0.5, 0] };
    const { caption } = headOf('distilled', [], { ...crossing, beyond });
    expect(caption).toContain('In 256 tries the trained policy solves 50 % of the problems');
    expect(caption).toContain('the base 23 %.');
  });

  it('has no place that is not filled', () => {
    for (const preset of NAMES)
      for (const recorded of [crossing, { baseP: [0.5], p: [0.1] }, null])
        expect(headOf(preset, [], recorded).caption).not.toMatch(/[{}]/);
  });
});

describe('the preset of settings', () => {
  it('is found whatever the seed and the length, and in the defaults of an earlier version', () => {
    for (const name of NAMES) expect(presetOf(presetSettings(name))).toBe(name);
    const of = (link: string) => presetOf(parsePermalink(link).settings);
    expect(of('v=2&preset=coin&seed=9&steps=20&engine=wasm')).toBe('coin');
    expect(of('preset=coin')).toBe('coin');
    expect(of('v=2&preset=coin&lr=0.002')).toBeNull();
    // The base that the first version had can do everything.
    expect(of('preset=crossing')).toBe('broad');
  });

  it('has the recorded run of its own settings alone, whatever engine computes them', () => {
    const coin = presetSettings('coin');
    expect(linkOfRun({ ...coin, engine: 'reference' })).toBe(linkOfRun(coin));
    expect(linkOfRun({ ...coin, seed: 7 })).not.toBe(linkOfRun(coin));
    expect(linkOfRun({ ...STANDARD, steps: 20 })).not.toBe(linkOfRun(STANDARD));
  });
});
