import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { GRPO } from '../src/rl/choices.ts';
import { STANDARD } from '../src/run/defaults.ts';
import { captured } from './cli/inProcess.ts';

const root = new URL('../', import.meta.url).pathname;
const guide = readFileSync(join(root, 'docs/extending.md'), 'utf8');

/** The text under a heading of the guide. */
const sectionOf = (heading: string): string =>
  guide.split(/^## /m).find((text) => text.startsWith(`${heading}\n`))!;
/** The files that the table of a section is of. */
const tableOf = (section: string): string[] =>
  [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, file]) => file!);

/** What the sources say without comments, which may tell of an example in passing. */
const CODE = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(ts|svelte)$/.test(file))
  .map((file) => ({
    file: `src/${file.replaceAll('\\', '/')}`,
    text: readFileSync(join(root, 'src', file), 'utf8')
      .replaceAll(/\/\*[^]*?\*\/|<!--[^]*?-->/g, '')
      .replaceAll(/^\s*\/\/.*$/gm, ''),
  }));
const naming = (...names: RegExp[]): string[] =>
  CODE.filter(({ text }) => names.some((name) => name.test(text))).map(({ file }) => file);

describe('the guide to extending', () => {
  it.each([
    ['A new algorithm', [/\bsapo\b/, /\bsoft-gate\b/]],
    ['A new setting', [/\bhintShare\b/]],
    ['A new task', [/maze/i]],
  ])('has under %s every file that names its example, and no other', (heading, names) => {
    const listed = tableOf(sectionOf(heading));
    expect(listed.length).toBeGreaterThan(2);
    expect(listed.toSorted()).toEqual(naming(...names).sort());
  });

  it('has under A new room every file of the rooms that names its example', () => {
    const ofRooms = CODE.filter(
      ({ file, text }) =>
        file.startsWith('src/ui/rooms/') &&
        (/\bbeyond\b/.test(text) || file.endsWith('/BeyondRoom.svelte')),
    ).map(({ file }) => file);
    expect(tableOf(sectionOf('A new room')).toSorted()).toEqual(ofRooms.sort());
  });

  it.each([
    ['A new algorithm', /sapo|soft-gate|ALGORITHMS|ALL_ALGORITHMS/],
    ['A new setting', /hintShare|beginnings|hints|settings/],
    ['A new task', /maze|TASK_NAMES|TASKS|bases/i],
  ])('names under %s tests that are about it', (heading, about) => {
    const tests = [...sectionOf(heading).matchAll(/`(test\/[^`]+)`/g)].map(([, file]) => file!);
    expect(tests.length).toBeGreaterThan(3);
    for (const file of tests) expect(readFileSync(join(root, file), 'utf8'), file).toMatch(about);
  });

  it('has under A new setting the files of the policy that know of beginnings', () => {
    const files = [...sectionOf('A new setting').matchAll(/`(src\/policy\/[^`]+)`/g)];
    const ofPolicy = naming(/\b(beginnings|begun|isBegun)\b/).filter((file) =>
      file.startsWith('src/policy/'),
    );
    expect(files.map(([, file]) => file).sort()).toEqual(ofPolicy.sort());
  });
});

describe('the rest of the table', () => {
  const records = (folder: string): string =>
    CODE.flatMap(({ file, text }) => (file.startsWith(folder) ? [text] : [])).join('');

  it.each([
    ['src/run/settings/', Object.keys(STANDARD).filter((key) => !(key in GRPO))],
    ['src/rl/settings/', Object.keys(GRPO)],
  ])('is defined once each, in %s', (folder, keys) => {
    const defined = [...records(folder).matchAll(/^ {4}key: '(\w+)',$/gm)].map(([, key]) => key!);
    expect(defined.toSorted()).toEqual(keys.toSorted());
  });
});

describe('an algorithm of which there is nothing but its row', () => {
  // What has read the table keeps what it read: both the modules with the row and those before it are of no other test.
  afterAll(() => void vi.resetModules());

  it('is trained by, linked to and told of', async () => {
    vi.resetModules();
    const { ALGORITHMS } = await import('../src/rl/algorithms.ts');
    const row = { label: 'Half a clip', source: 'Nobody', notes: '', differs: { clipLow: 0.1 } };
    Object.assign(ALGORITHMS, { 'half-clip': row });
    const { exitCodeOf } = await import('../src/cli/commands.ts');
    const settings = await import('../src/run/settings.ts');
    const { parsePermalink, permalinkOf } = await import('../src/run/permalink.ts');
    const { updateWeight } = await import('../src/rl/updateWeight.ts');

    const parsed = parsePermalink('#v=2&algorithm=half-clip');
    expect(parsed.problems).toEqual([]);
    expect(permalinkOf(parsed.settings)).toBe('#v=2&algorithm=half-clip');
    expect(parsed.settings.clipLow).toBe(0.1);
    expect(settings.algorithmLabel(parsed.settings)).toBe('Half a clip');
    expect(updateWeight(parsed.settings, 8, []).of(0.5)).toBeGreaterThan(0);

    const small = '--steps 1 --prompts 2 --group-size 4 --eval-problems 2 --eval-samples 0';
    let code: number | null = 1;
    const { stdout, stderr } = await captured(async () => {
      code = await exitCodeOf(`train --algorithm half-clip ${small}`.split(' '));
    });
    expect(code, stderr).toBe(null);
    const steps = stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { step: number }).step);
    expect(steps).toEqual([0, 1]);
    expect(stderr).not.toContain('changes nothing');
  });
});
