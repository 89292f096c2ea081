import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLI_SETTINGS } from '../../src/cli/flags.ts';
import { readCode } from '../../src/cli/sweep/identity.ts';
import { baseId, keptBase, OF_BASE } from '../../src/cli/sweep/keptBases.ts';
import { makeRun, trainRun } from '../../src/cli/sweep/makeRun.ts';
import { orderOf } from '../../src/cli/sweep.ts';
import { settingsOver, trainSettings, type RunSettings } from '../../src/run/settings.ts';
import { settingsOf, type Study } from '../../src/run/studies/study.ts';
import { otherValue } from '../run/otherValue.ts';

const versions = { project: 'p', node: 'n', bases: {} };
const LIVE = settingsOver({ base: 'live' });

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rlvr-bases-'));
});
afterAll(() => rm(directory, { recursive: true }));

describe('the name of a pretrained base', () => {
  it('is another where what it is trained by is, and the same whatever follows', () => {
    const id = baseId(LIVE, versions);
    expect(baseId(LIVE, { ...versions, project: 'q' })).not.toBe(id);
    expect(baseId({ ...LIVE, engine: 'webgl' }, versions)).toBe(id);
    expect(baseId({ ...LIVE, engine: 'reference' }, versions)).not.toBe(id);
    const text = (settings: RunSettings): string => JSON.stringify(trainSettings(settings));
    // These choose others, which are settings of their own.
    for (const setting of CLI_SETTINGS.filter(
      ({ key }) => !['engine', 'base', 'algorithm'].includes(key),
    )) {
      const changed = { ...LIVE, [setting.key]: otherValue(setting, LIVE) };
      const ofRun = text(changed) !== text(LIVE);
      expect(OF_BASE.includes(setting.key), setting.key).toBe(!ofRun);
      expect(baseId(changed, versions) !== id, setting.key).toBe(!ofRun);
    }
  });
});

describe('a kept base', () => {
  it('is bit for bit what was made, by one or by several at a time, and not made again', async () => {
    const base = Float32Array.of(0.1, -0, 1e-40, 3e38);
    const make = () => Promise.resolve(base);
    const again = () => Promise.reject(new Error('made again'));
    const all = await Promise.all([1, 2, 3].map(() => keptBase(directory, 'a', make)));
    for (const found of [...all, await keptBase(directory, 'a', again)])
      expect(new Uint32Array(found.buffer)).toEqual(new Uint32Array(base.buffer));
    expect(await readdir(directory)).toEqual(['a.f32']);
  });

  it('is made by the next one where it could not be made', async () => {
    const fail = () => Promise.reject(new Error('no memory'));
    await expect(keptBase(directory, 'b', fail)).rejects.toThrow('no memory');
    expect(await keptBase(directory, 'b', () => Promise.resolve(Float32Array.of(7)))).toEqual(
      Float32Array.of(7),
    );
  });
});

const study: Study = {
  ...{ name: 'tiny', title: '', question: '', measures: [], claims: [], papers: [], why: '' },
  ...{ figure: { kind: 'passAtK' }, seeds: [1, 2], seedsBase: true },
  settings: {
    ...{ prompts: 2, groupSize: 4, steps: 1, evalProblems: 4, evalSamples: 0, width: 8 },
    ...{ base: 'live', pretrainSteps: 3 },
  },
  arms: [
    { id: 'grpo', label: '', role: 'now', settings: {} },
    { id: 'still', label: '', role: 'control', settings: { lr: 0 } },
    { id: 'shipped', label: '', role: 'other', settings: { base: 'shipped', width: 32 } },
  ],
};

describe('a study whose seeds are those of its bases', () => {
  it('varies the bases that are pretrained, and no others', () => {
    const seedsOf = (seed: number) =>
      study.arms.map((arm) => settingsOf(study, arm, seed)).map((s) => [s.seed, s.baseSeed]);
    expect(seedsOf(2)).toEqual([
      [2, 2],
      [2, 2],
      [2, 1],
    ]);
  });

  it('pretrains one base a seed, and its runs are what they are without keeping it', async () => {
    const code = await readCode();
    const pretrained: number[][] = [];
    for (const seed of study.seeds)
      for (const arm of study.arms.slice(0, 2)) {
        const settings = settingsOf(study, arm, seed);
        const made = await makeRun(
          directory,
          orderOf(code, { arm: arm.id, seed, label: '', settings }),
        );
        if (made.kind !== 'made') throw new Error(made.kind);
        const { rows } = await trainRun(settings);
        expect(made.run.rows.map(({ heldOut }) => heldOut?.p)).toEqual(
          rows.map(({ heldOut }) => heldOut?.p),
        );
        pretrained.push(made.run.rows[0]!.heldOut!.p);
      }
    expect(pretrained[1]).toEqual(pretrained[0]);
    expect(pretrained[2]).not.toEqual(pretrained[0]);
    const kept = await readdir(join(directory, 'bases'));
    expect(kept.filter((file) => file.endsWith('.f32'))).toHaveLength(study.seeds.length);
  });
});
