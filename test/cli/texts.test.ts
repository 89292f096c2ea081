import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { englishTexts } from '../../src/cli/texts/tables.ts';

const root = new URL('../../', import.meta.url).pathname;
let directory: string;
beforeAll(async () => (directory = await mkdtemp(join(tmpdir(), 'rlvr-texts-'))));
afterAll(() => rm(directory, { recursive: true }));

const texts = (...args: string[]): Promise<{ stdout: string; stderr: string }> =>
  promisify(execFile)('node', ['--import', 'tsx', 'src/cli/main.ts', 'texts', ...args], {
    cwd: root,
    maxBuffer: 1 << 26,
  });

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
    await writeFile(file, '{"transport": {"ready": "bereit", "fly": "x"}}');
    const refused = texts('--check', file);
    await expect(refused).rejects.toMatchObject({ code: 1 });
    await expect(refused).rejects.toThrow(
      "'transport.ready' has the places none, expected {steps}",
    );
    await expect(refused).rejects.toThrow("the area 'transport' has no text 'fly'");
  });

  it.each([['--fly', 'yes'], ['de']])('refuses %s', async (...args) => {
    const refused = texts(...args);
    await expect(refused).rejects.toMatchObject({ code: 2 });
    await expect(refused).rejects.toThrow('usage: npm run -s rlvr -- texts');
  });
});
