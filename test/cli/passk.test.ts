import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { analyse } from '../../src/results/analyse.ts';
import { model } from '../results/made.ts';
import { cli } from './inProcess.ts';

let directory: string;
const file = (name: string): string => join(directory, name);
const BASE = 'problem,n,correct\na,4,1\nb,4,2\nc,4,0\n';
const RL = 'problem,n,correct\na,4,4\nb,4,0\nc,4,0\n';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'passk-'));
  await writeFile(file('base.csv'), BASE);
  await writeFile(file('rl.csv'), RL);
  await writeFile(file('wrong.csv'), 'problem,n,correct\na,4,1\nb,4,5\n');
});
afterAll(() => rm(directory, { recursive: true }));

const settings = { base: 0, leastN: 1, resamples: 20_000, seed: 1 };
const models = ['base', 'rl'].map((name, i) =>
  model(name, 4, i === 0 ? [1, 2, 0] : [4, 0, 0], ['a', 'b', 'c']),
);

describe('passk', () => {
  it('writes the analysis of the page as JSON, with Infinity as "beyond"', async () => {
    const { code, stdout } = await cli('passk', file('base.csv'), file('rl.csv'), '--json', '-');
    expect(code).toBe(0);
    const {
      files,
      formats,
      notes,
      settings: told,
      ...found
    } = JSON.parse(stdout) as Record<string, unknown>;
    const expected = JSON.stringify(analyse(models, settings), (_, value: unknown) =>
      value === Infinity ? 'beyond' : value,
    );
    expect(expected).toContain('"beyond"');
    expect(found).toEqual(JSON.parse(expected));
    expect({ files, formats, notes, told }).toEqual({
      files: [file('base.csv'), file('rl.csv')],
      formats: ['counts', 'counts'],
      notes: [],
      told: { ...settings, base: 'base' },
    });
  });

  it('reads standard input, and takes names, a base, seed, resamples and least n', async () => {
    const stdin = vi.spyOn(process, 'stdin', 'get').mockReturnValue(
      // In two pieces, the second from within a line.
      Readable.from([Buffer.from(RL.slice(0, 25)), Buffer.from(RL.slice(25))]) as never,
    );
    const options = '--names before,after --base after --least-n 2 --resamples 100 --seed 5';
    const { stdout } = await cli(
      ...['passk', file('base.csv'), '-', ...options.split(' '), '--json', '-'],
    ).finally(() => stdin.mockRestore());
    const found = JSON.parse(stdout) as Record<string, unknown>;
    expect(found.settings).toEqual({ base: 'after', leastN: 2, resamples: 100, seed: 5 });
    const expected = analyse(
      models.map((one, i) => ({ ...one, name: ['before', 'after'][i]! })),
      { base: 1, leastN: 2, resamples: 100, seed: 5 },
    );
    expect(found.models).toEqual(JSON.parse(JSON.stringify(expected.models)));
    expect(found.comparisons).toMatchObject([{ base: 'after', trained: 'before', joined: 3 }]);
  });

  it('adds up what has one name, and says so', async () => {
    const { stdout } = await cli(
      ...['passk', file('base.csv'), file('rl.csv'), '--names', 'one,one', '--json', '-'],
    );
    const found = JSON.parse(stdout) as { models: object[]; notes: string[] };
    // 5, 2 and 0 of 8.
    expect(found.models).toMatchObject([{ name: 'one', leastN: 8, rates: [0, 0.25, 0.625] }]);
    expect(found.notes).toEqual(['one was read 2 times; its counts are added up.']);
  });

  it('takes files called alike from two folders for two models, and the one called base for the base', async () => {
    for (const [folder, text] of [
      ['rl', RL],
      ['base', BASE],
    ] as const) {
      await mkdir(file(folder), { recursive: true });
      await writeFile(join(file(folder), 'counts.csv'), text);
    }
    const files = ['rl', 'base'].map((folder) => join(file(folder), 'counts.csv'));
    const { stdout } = await cli('passk', ...files, '--json', '-');
    const found = JSON.parse(stdout) as { comparisons: object[]; notes: string[] };
    expect(found.comparisons).toMatchObject([{ base: 'base', trained: 'rl', joined: 3 }]);
    expect(found.notes).toEqual([]);
    const { stdout: table } = await cli('passk', ...files);
    expect(table).toContain(`${files[0]!}: counts, rl\n`);
  });

  it('compares models on one set of problems at a time, unless all are said to be of one', async () => {
    const more = (text: string) => `${text}d,4,2\ne,4,2\n`;
    const sets = { aime24: [BASE, RL], math500: [more(BASE), more(RL)] };
    const files: string[] = [];
    for (const [set, texts] of Object.entries(sets))
      for (const [i, folder] of ['of-base', 'of-rl'].entries()) {
        await mkdir(file(folder), { recursive: true });
        files.push(join(file(folder), `${set}.csv`));
        // Numbers, which are those of other problems in the other set.
        await writeFile(
          files.at(-1)!,
          texts[i]!.replace(/^[a-e]/gm, (id) => `${'abcde'.indexOf(id)}`),
        );
      }
    const { stdout } = await cli('passk', ...files, '--json', '-');
    const found = JSON.parse(stdout) as { sets: Record<string, unknown>[]; notes: string[] };
    const of = { settings: { ...settings, base: 'of-base' } };
    const pair = { base: 'of-base', trained: 'of-rl' };
    expect(found.sets).toMatchObject([
      { set: 'aime24', ...of, comparisons: [{ ...pair, joined: 3 }] },
      { set: 'math500', ...of, comparisons: [{ ...pair, joined: 5 }] },
    ]);
    expect(found.notes.join()).toContain('aime24, math500');
    const { stdout: table } = await cli('passk', ...files, '--base', 'of-rl');
    expect(table).toContain('== aime24 ==');
    expect(table).toContain('of-base against of-rl: 5 problems of both');
    const three = await cli('passk', ...files.slice(0, 3), ...['--base', 'of-rl', '--json', '-']);
    expect((JSON.parse(three.stdout) as { notes: string[] }).notes).toContain(
      'math500 has nothing of of-rl: the base there is of-base.',
    );
    const { stdout: csv } = await cli('passk', ...files, '--csv', '-');
    const titles = csv.split('\n')[0]!.split(',');
    expect(titles).toContain('pass@k of of-base on math500');
    expect(new Set(titles).size).toBe(titles.length);
    const { stdout: one } = await cli('passk', ...files, '--one-set', '--json', '-');
    const joined = [{ joined: 3 }, { joined: 3 }, { joined: 3 }];
    expect(JSON.parse(one)).toMatchObject({ comparisons: joined });
    // A name that is given twice is of one model then.
    const names = ['--names', 'base,rl,base,rl'];
    const { stdout: apart } = await cli('passk', ...files, ...names, '--json', '-');
    expect(apart).not.toContain('added up');
    const { stdout: added } = await cli('passk', ...files, ...names, '--one-set');
    expect(added).toContain('base was read 2 times; its counts are added up.');
  });

  it('takes names with commas one by one', async () => {
    const { stdout } = await cli(
      ...['passk', file('base.csv'), file('rl.csv'), '--names', 'a, 1', '--names', 'b, 2'],
      ...['--json', '-'],
    );
    const found = JSON.parse(stdout) as { models: object[] };
    expect(found.models).toMatchObject([{ name: 'a, 1' }, { name: 'b, 2' }]);
  });

  it('says where resamples cannot tell, where few problems differ, and which least n goes further', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `p${i},${i === 0 ? 2 : 8}`);
    const of = (correct: (i: number) => number): string =>
      ['problem,n,correct', ...rows.map((row, i) => `${row},${correct(i)}`)].join('\n');
    await writeFile(
      file('none.csv'),
      of(() => 0),
    );
    await writeFile(
      file('five.csv'),
      of((i) => (i > 14 ? 8 : 0)),
    );
    const { stdout } = await cli('passk', file('none.csv'), file('five.csv'));
    expect(stdout).toContain('all resamples are alike');
    expect(stdout).toMatch(
      /^2 +0\.000 +0\.250 +\+0\.250 \[\+0\.0.*\] +not told apart: rests on 5 of 6/m,
    );
    expect(stdout).toContain('--least-n 8 leaves out 1 ');
    // 6 / 5 of 20.
    expect(stdout).toContain('about 24 problems');
  });

  it('writes a line of CSV for each k', async () => {
    const out = file('out.csv');
    const { code, stdout } = await cli('passk', file('base.csv'), file('rl.csv'), '--csv', out);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    const [titles, ...lines] = (await readFile(out, 'utf8')).trim().split('\n');
    const cells = lines.map((line) => line.split(','));
    const column = (title: string): number[] => {
      const place = titles!.split(',').indexOf(title);
      return cells.map((line) => Number(line[place]));
    };
    const { comparisons, models: alone } = analyse(models, settings);
    expect(column('k')).toEqual([1, 2, 3, 4]);
    expect(column('pass@k of base')).toEqual(alone[0]!.passAt);
    expect(column('pass^k of base')).toEqual(alone[0]!.passHat);
    expect(column('high of pass@k of rl')).toEqual(alone[1]!.bands.map(({ high }) => high));
    expect(column('low of pass@k of rl minus base')).toEqual(
      comparisons[0]!.bands.map(({ low }) => low),
    );
    expect(column('pass@k of rl minus base')[3]).toBeCloseTo(-1 / 3, 12);
  });

  it('without either writes a table', async () => {
    const { stdout } = await cli('passk', file('base.csv'), file('rl.csv'));
    const row = (k: number): string =>
      stdout.split('\n').findLast((line) => line.trimStart().startsWith(`${k} `))!;
    expect(row(1)).toMatch(/^ *1 +0\.250 +0\.333 +\+0\.083 \[.*\] +not told apart$/);
    expect(row(4)).toMatch(/^ *4 +0\.667 +0\.333 +-0\.333 \[-1\.000, 0\.000\] +not told apart$/);
    expect(stdout).toContain('at k = 1.3');
    expect(stdout).toContain('both 1, base only 1, rl only 0, neither 1');
    expect(stdout).toContain('about 18 problems');
  });
});

describe('what passk cannot take', () => {
  it.each([
    [[], /passk takes 1 to 64 files, got 0/],
    [['-', '-'], /- is given twice/],
    [['BASE', '--k', '4'], /'--k'.*usage: npm run -s rlvr -- passk/s],
    [['BASE', '--json', '-', '--csv', '-'], /cannot both/],
    [['BASE', '--least-n', '0'], /--least-n is '0', expected a whole number from 1/],
    [['BASE', '--resamples', '10'], /--resamples is '10', expected .* from 40 to 100000/],
    [['BASE', '--seed', 'x'], /--seed is 'x'/],
    [['BASE', '--choose', 'problem'], /--choose is 'problem', expected KEY=VALUE/],
    [['BASE', '--format', 'png'], /--format is 'png', expected one of .*counts/],
    [['BASE', '--names', 'a,b'], /--names has 2, expected 1, for base/],
    [['BASE', '--base', 'rl'], /--base is 'rl', expected one of base/],
    [['nowhere.csv'], /nowhere\.csv cannot be read: .*no such file/],
    [['.'], /\. is no file/],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await cli(
      'passk',
      ...args.map((arg) => (arg === 'BASE' ? file('base.csv') : arg)),
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it.each([
    [['wrong.csv'], /wrong\.csv, line 3: .*5.*expected/],
    [['base.csv', '--choose', 'nonsense=1'], /'nonsense'/],
    [['base.csv', '--least-n', '5'], /no problem of 'base' has 5 samples or more: the most are 4/],
  ])('%j, with code 1', async ([name, ...args], message) => {
    const { code, stdout, stderr } = await cli('passk', file(name!), ...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(message);
  });
});
