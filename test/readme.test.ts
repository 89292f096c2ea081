import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MARKED, numbersIn } from '../src/cli/study/blocks.ts';
import { parseSweep, plannedRuns } from '../src/cli/sweep/plan.ts';
import { FORMATS } from '../src/results/formats/formats.ts';
import { parameterCount } from '../src/policy/shape.ts';
import { ALGORITHMS } from '../src/rl/algorithms.ts';
import { parseBaseEntry } from '../src/run/baseEntry.ts';
import { checksum } from '../src/run/bases.ts';
import { parsePermalink } from '../src/run/permalink.ts';
import { coerceSetting, SETTINGS } from '../src/run/settings.ts';
import { cli } from './cli/inProcess.ts';

const root = new URL('../', import.meta.url).pathname;
const read = (file: string) => readFileSync(join(root, file));
const readme = read('README.md').toString();
const documents = [
  'README.md',
  ...readdirSync(join(root, 'docs')).map((file) => `docs/${file}`),
].map((file) => ({ file, text: read(file).toString() }));
const all = documents.map(({ text }) => text).join('\n');
const bases = readdirSync(join(root, 'public/bases'))
  .filter((file) => file.endsWith('.json'))
  .map((file) => {
    const name = file.replace('.json', '');
    return [name, parseBaseEntry(name, read(`public/bases/${file}`).toString())] as const;
  });

describe('the README', () => {
  const study = (name: string) => read(`test/bench/results/${name}`).toString();
  const headlines = /^## What it shows\n[^]*?(?=^## )/m.exec(readme)![0];
  const results = read('docs/results.md').toString();
  const reports = readdirSync(join(root, 'test/bench/results/studies'))
    .map((file) => study(`studies/${file}`))
    .join('');
  /** The cells of every line of the tables in a text. */
  const rows = (text: string) =>
    text
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      )
      .filter((cells) => !/^-+$/.test(cells[0]!));

  it('has, with its results, only tables that the studies wrote', () => {
    const written = rows(study('domains.md') + reports);
    expect(rows(results).length).toBeGreaterThanOrEqual(6);
    for (const row of rows(headlines + results)) expect(written).toContainEqual(row);
  });

  it('has, with its results, only numbers that the studies found', () => {
    const found = new Set(numbersIn(study('domains.md') + reports));
    expect(numbersIn(headlines).length).toBeGreaterThan(5);
    expect(numbersIn(results).length).toBeGreaterThan(60);
    expect(numbersIn(headlines + results).filter((number) => !found.has(number))).toEqual([]);
  });

  it.each([
    ['README.md', readme],
    ['docs/results.md', results],
  ])('names the size of the default network in %s', (_, text) => {
    const { shape } = new Map(bases).get('countdown-3')!;
    expect(text.replaceAll('\n', ' ')).toContain(
      `${parameterCount(shape).toLocaleString('en')} parameters`,
    );
  });

  it('counts the algorithms, and the formats of results', () => {
    expect(readme).toContain(`: ${Object.keys(ALGORITHMS).length} rows of choices`);
    expect(readme.replaceAll(/\s+/g, ' ')).toContain(`in one of ${FORMATS.length} formats`);
    const results = read('docs/your-results.md').toString();
    const table = /^\| format[^]*?\n\n/m.exec(results)![0];
    expect(table.trim().split('\n').length - 2).toBe(FORMATS.length);
  });

  it('has at most 80 lines, and leads to every other document', () => {
    expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(80);
    for (const { file } of documents)
      if (file !== 'README.md') expect(readme).toContain(`](${file})`);
  });
});

describe('the documents', () => {
  it('have markers only where studies fill them', () => {
    const marked = documents.filter(({ text }) => /<!-- (study|said):[a-z]/.test(text));
    expect(MARKED).toEqual(expect.arrayContaining(marked.map(({ file }) => file)));
    // A comment that begins a line of Markdown ends the paragraph that it is in.
    expect(all).not.toMatch(/^ *<!-- \/?said/m);
  });

  /** As a heading is named in a link to it. */
  const anchorsOf = (text: string) =>
    [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
      heading!
        .toLowerCase()
        .replaceAll(/[^\p{L}\d _-]/gu, '')
        .replaceAll(' ', '-'),
    );

  it.each(documents)('of which $file leads only to what is there', ({ file, text }) => {
    const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, to]) => to!);
    for (const link of links.filter((to) => !to.startsWith('https://'))) {
      const [path, anchor] = link.split('#');
      const target = join(root, path ? join(dirname(file), path) : file);
      expect(existsSync(target), link).toBe(true);
      if (anchor) expect(anchorsOf(readFileSync(target, 'utf8')), link).toContain(anchor);
    }
    const paths = [...text.matchAll(/`((?:src|test|public|docs|README)[/.][^`\s]*)`/g)]
      .map(([, path]) => path!)
      .filter((path) => !/[A-Z]{4,}\.json|…/.test(path));
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  const scripts = (JSON.parse(read('package.json').toString()) as { scripts: object }).scripts;
  const commands = [...all.matchAll(/npm run -s rlvr -- ([a-z]+)([^\n`|#]*)/g)].map(
    ([command, name, args]) => ({ command, name: name!, args: args! }),
  );

  it.each(commands)('have the command $command', async ({ name, args }) => {
    const { code, stdout } = await cli(name, '--help');
    expect(code).toBe(0);
    for (const [, flag, value] of args.matchAll(/--([a-z-]+)(?: ([^\s-]\S*))?/g)) {
      expect(stdout).toMatch(new RegExp(`^ +--${flag} `, 'm'));
      const setting = SETTINGS.find((one) => one.flag === flag);
      if (setting) expect(coerceSetting(setting, value ?? ''), flag).toMatchObject({ ok: true });
    }
  });

  it('have every command, and scripts of npm and of Python that there are', () => {
    expect(commands.length).toBeGreaterThan(8);
    const named = new Set(commands.map(({ name }) => name));
    for (const name of ['train', 'trace', 'pretrain', 'sweep', 'study'])
      expect([...named]).toContain(name);
    const npm = [...all.matchAll(/npm (?!run -)(?:run )?([a-z:]+)/g)].map(([, name]) => name!);
    expect(npm).toEqual(expect.arrayContaining(['start', 'test', 'build', 'test:long']));
    for (const name of npm) expect(Object.keys(scripts)).toContain(name);
    for (const [, file] of all.matchAll(/python3 (\S+)/g))
      expect(existsSync(join(root, file!)), file).toBe(true);
  });

  it('have a sweep with every combination', () => {
    const [, sweep] = /^echo '(\{[^']+\})'/m.exec(all)!;
    expect(plannedRuns(parseSweep('sweep.json', sweep!)).length).toBe(2 * 2 * 3);
  });

  it('have addresses that the page takes', () => {
    const addresses = [...all.matchAll(/[`/](#[a-z]+=[^`"\s]*)/g)].map(([, hash]) => hash!);
    expect(addresses.length).toBeGreaterThan(5);
    for (const hash of addresses) expect(parsePermalink(hash).problems, hash).toEqual([]);
  });
});

describe('the shipped bases', () => {
  it.each(bases)(
    '%s has the checksum of its entry, and the command that makes it',
    async (name, base) => {
      expect(base.file).toBe(`${name}.f32`);
      expect(await checksum(read(`public/bases/${base.file}`))).toBe(base.sha256);
      expect(base.command).toMatch(/^npm run -s rlvr -- pretrain/);
      expect(base.heldOutP.length).toBeGreaterThanOrEqual(16);
      expect(base.beyondP === undefined).toBe(base.prior !== 'narrow');
    },
  );
});
