import { describe, expect, it } from 'vitest';
import { runId, versionsOf, type Code } from '../../src/cli/sweep/identity.ts';
import { inShard, parseShard, parseSweep, plannedRuns } from '../../src/cli/sweep/plan.ts';
import { DEFAULT_SETTINGS, defaultsFor } from '../../src/run/settings.ts';
import { cli } from './inProcess.ts';

const sweep = (fields: object): string =>
  JSON.stringify({ format: 'rlvr-sweep', version: 1, name: 'x', seeds: [1], ...fields });

describe('the plan of a sweep', () => {
  it('is arms × grid × seeds, each over the defaults of its own task and algorithm', () => {
    const runs = plannedRuns(
      parseSweep(
        'f',
        sweep({
          settings: { steps: 5 },
          arms: [
            { id: 'a', settings: { task: 'programs', lr: 0.5 } },
            { id: 'b', settings: { algorithm: 'dapo' } },
          ],
          grid: { lr: [0, 1], 'group-size': [2, 4, 8] },
          seeds: [3, 1],
        }),
      ),
    );
    expect(runs.length).toBe(2 * (2 * 3) * 2);
    expect(runs[3]).toEqual({
      arm: 'a',
      seed: 1,
      label: 'a, lr 0, group-size 4, seed 1',
      settings: {
        ...defaultsFor({ task: 'programs', algorithm: 'grpo' }),
        ...{ steps: 5, lr: 0, groupSize: 4, seed: 1 },
      },
    });
    expect(runs.at(-1)!.settings).toEqual({
      ...defaultsFor({ task: 'countdown', algorithm: 'dapo' }),
      ...{ steps: 5, lr: 1, groupSize: 8, seed: 1 },
    });
  });

  it.each([
    ['{', /^f: it is not JSON/],
    ['[]', /it has format 'undefined' version undefined, expected 'rlvr-sweep' version 1/],
    [sweep({ version: 2 }), /version 2, expected 'rlvr-sweep' version 1/],
    [sweep({ name: '../x' }), /name is ‘\.\.\/x’, expected a text of letters/],
    [sweep({ sedes: [1] }), /^f: sedes is a list of 1, expected only fields named .*seeds$/],
    [sweep({ seeds: [] }), /seeds is a list of 0, expected a list of 1 to/],
    [sweep({ seeds: [-1] }), /seeds\[0\] is -1, expected a whole number from 0/],
    [
      sweep({ seeds: [3, 1, 1] }),
      /seeds is a list of 3, expected each once, but '1' is there twice/,
    ],
    [sweep({ settings: { rate: 1 } }), /settings\.rate is 1, expected only fields named .*lr, /],
    [
      sweep({ settings: { seed: 1 } }),
      /settings\.seed is 1, expected none: the seeds stand in 'seeds'/,
    ],
    [sweep({ settings: { lr: 'x' } }), /settings\.lr is ‘x’, expected a number from 0 to 10/],
    [sweep({ settings: { lr: -1 } }), /settings\.lr is -1, expected a number from 0 to 10/],
    [
      sweep({ settings: { engine: 'webgl' } }),
      /settings\.engine is ‘webgl’, expected one of auto, wasm/,
    ],
    [sweep({ grid: { lr: 1 } }), /grid\.lr is 1, expected a list/],
    [sweep({ grid: { lr: [null] } }), /grid\.lr\[0\] is null, expected a number or a text/],
    [sweep({ grid: { task: ['chess'] } }), /grid\.task\[0\] is ‘chess’, expected one of countdown/],
    [sweep({ arms: [{}] }), /arms\[0\]\.id is missing, expected a text of letters/],
    [
      sweep({ arms: [{ id: 'a' }, { id: 'a' }] }),
      /arms is .* expected each once, but 'a' is there twice/,
    ],
    [
      sweep({ arms: [{ id: 'a', kl: 1 }] }),
      /arms\[0\]\.kl is 1, expected only fields named id, label, settings/,
    ],
  ])('%s is refused', (text, message) => {
    expect(() => parseSweep('f', text)).toThrow(message);
  });

  it.each(['0/2', '3/2', '1', '1/0', 'a/b', '1/2/3'])('--shard %s is refused', (text) => {
    expect(() => parseShard(text)).toThrow(`--shard is '${text}', expected i/n`);
  });

  it('has shards that partition any number of runs into parts as equal as can be', () => {
    for (let runs = 0; runs < 20; runs++)
      for (let of = 1; of <= 9; of++) {
        const all = Array.from({ length: runs }, (_, i) => i);
        const shards = Array.from({ length: of }, (_, i) => inShard(all, { part: i + 1, of }));
        expect(shards.flat().sort((a, b) => a - b)).toEqual(all);
        const sizes = shards.map(({ length }) => length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }
  });

  it.each([
    [['sweep'], /sweep takes one file, got none[^]*--shard/],
    [['sweep', 'no-such.json'], /cannot be read: ENOENT.*no-such.json/],
    [['sweep', 'a', '--job', '2'], /Unknown option '--job'[^]*--jobs N/],
    [['sweep', 'a', '--jobs', '0'], /--jobs is '0', expected a whole number from 1/],
  ])('%j ends with code 2 and a reason', async (args, message) => {
    const { code, stdout, stderr } = await cli(...args);
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

describe('the identity of a run', () => {
  const code: Code = {
    project: '1+a',
    node: 'v20',
    policies: [
      { name: 'countdown-3', task: 'countdown-3', sha256: 'aa' },
      { name: 'maze', task: 'maze', sha256: 'bb' },
    ],
  };
  const idOf = (change: object, of: Code = code): string => {
    const settings = { ...DEFAULT_SETTINGS, ...change };
    return runId(settings, versionsOf(of, settings));
  };
  const others = (sha256: string): Code => ({
    ...code,
    policies: code.policies.map((policy, i) => (i === 1 ? { ...policy, sha256 } : policy)),
  });

  it('changes with every setting, with the code and with the policies of its task', () => {
    const made = [
      ...[{}, { seed: 2 }, { lr: 0 }, { steps: 299 }, { klEstimator: 'k1' }].map((c) => idOf(c)),
      idOf({}, { ...code, project: '1+b' }),
      idOf({ task: 'maze' }),
      idOf({ task: 'maze' }, others('cc')),
    ];
    expect(new Set(made).size).toBe(made.length);
  });

  it('changes neither with how its engine is asked for, nor with Node, nor with other tasks’ policies', () => {
    expect(idOf({ engine: 'wasm' })).toBe(idOf({}));
    expect(idOf({ engine: 'reference' })).not.toBe(idOf({}));
    expect(idOf({}, { ...others('cc'), node: 'v24' })).toBe(idOf({}));
  });
});
