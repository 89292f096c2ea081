import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { englishTexts } from '../../src/cli/texts/tables.ts';
import { cli } from './inProcess.ts';

let directory: string;
beforeAll(async () => (directory = await mkdtemp(join(tmpdir(), 'rlvr-texts-'))));
afterAll(() => rm(directory, { recursive: true }));

const texts = (...args: string[]) => cli('texts', ...args);

describe('texts', () => {
  it('writes what a translator starts from, which is a translation without a fault', async () => {
    const file = join(directory, 'en.json');
    await texts('--out', file);
    const template = JSON.parse(await readFile(file, 'utf8')) as typeof english;
    const english = englishTexts();
    expect(template).toEqual(english);
    const count = Object.values(english).flatMap((area) => Object.keys(area)).length;
    const { stdout } = await texts('--check', file);
    expect(stdout).toBe(`${file} translates ${count} of ${count} texts\n`);
  });

  it('names what is wrong with a translation', async () => {
    const file = join(directory, 'wrong.json');
    const wrong = { transport: { ready: 'bereit', fly: 'x', toString: 'x' }, constructor: {} };
    await writeFile(file, JSON.stringify(wrong));
    const { code, stderr } = await texts('--check', file);
    expect(code).toBe(1);
    expect(stderr).toContain("'transport.ready' has the places none, expected {steps}");
    expect(stderr).toContain("the area 'transport' has no text 'fly'");
    expect(stderr).toContain("the area 'transport' has no text 'toString'");
    expect(stderr).toContain("there is no area 'constructor'");
  });

  it.each([['--fly', 'yes'], ['de']])('refuses %s', async (...args) => {
    const { code, stderr } = await texts(...args);
    expect(code).toBe(2);
    expect(stderr).toContain('usage: npm run -s rlvr -- texts');
  });
});
