import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clearTemporaries, writeWhole } from '../../src/cli/sweep/writeWhole.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rlvr-whole-'));
});
afterAll(() => rm(directory, { recursive: true }));

describe('a file that is whole or not there', () => {
  it('is so while several write it and others clear away what they have begun', async () => {
    const path = join(directory, 'a.json');
    const contents = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(1 << 20));
    let isDone = false;
    const seen = new Set<string>();
    const look = async () => {
      while (!isDone) {
        seen.add(await readFile(path, 'utf8').catch(() => ''));
        await clearTemporaries(path);
      }
    };
    const looking = look();
    await Promise.all(contents.map((content) => writeWhole(path, content)));
    isDone = true;
    await looking;
    for (const content of seen) expect(['', ...contents].includes(content)).toBe(true);
    expect(contents).toContain(await readFile(path, 'utf8'));
    expect(await readdir(directory)).toEqual(['a.json']);
  });

  it('leaves what belongs to another file, and clears what a process left that died', async () => {
    for (const file of ['.a.json.dead.tmp', '.ab.json.dead.tmp'])
      await writeFile(join(directory, file), 'ha');
    await writeWhole(join(directory, 'a.json'), 'half');
    expect((await readdir(directory)).sort()).toEqual(['.ab.json.dead.tmp', 'a.json']);
  });
});
