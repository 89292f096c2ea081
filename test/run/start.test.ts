import { describe, expect, it } from 'vitest';
import { readdir, readFile } from 'node:fs/promises';
import { parameterCount } from '../../src/policy/shape.ts';
import {
  baseName,
  checksum,
  serialiseBase,
  SHIPPED_RARITIES,
  shownTo,
  SPLIT_SEED,
} from '../../src/run/bases.ts';
import { parseBaseEntry } from '../../src/run/baseEntry.ts';
import { DEFAULT_SETTINGS, defaultsFor, settingsOver } from '../../src/run/settings.ts';
import { assembleStart } from '../../src/run/start.ts';
import { rarityOf } from '../../src/tasks/prior.ts';
import { splitProblems } from '../../src/tasks/registry.ts';

const directory = new URL('../../public/bases/', import.meta.url);
const readShipped = async (file: string): Promise<Uint8Array> => readFile(new URL(file, directory));
const DEFAULT_NAME = baseName('countdown-3', DEFAULT_SETTINGS);
const text = (await readFile(new URL(`${DEFAULT_NAME}.json`, directory))).toString();
const shipped = parseBaseEntry(DEFAULT_NAME, text);

describe('a start', () => {
  it('from the base of the page reads its two files, and has no tier', async () => {
    const asked: (string | undefined)[][] = [];
    const start = await assembleStart(DEFAULT_SETTINGS, (file, sha256) => {
      asked.push([file, sha256]);
      return readShipped(file);
    });
    expect(asked).toEqual([
      [`${DEFAULT_NAME}.json`, undefined],
      [`${DEFAULT_NAME}.f32`, shipped.sha256],
    ]);
    expect(await checksum(serialiseBase(start.parameters))).toBe(shipped.sha256);
    expect(start.split).not.toHaveProperty('beyond');
  });

  it('from a narrow base reads the files of that prior, and has the tier apart', async () => {
    const asked: string[] = [];
    const { task, split } = await assembleStart(
      { ...DEFAULT_SETTINGS, prior: 'narrow' },
      (file) => {
        asked.push(file);
        return readShipped(file);
      },
    );
    expect(asked).toEqual(['countdown-3-narrow.json', 'countdown-3-narrow.f32']);
    const { heldOut, beyond } = split;
    expect(beyond!.heldOut.every(task.skill.isNeeded)).toBe(true);
    expect(heldOut.some(task.skill.isNeeded)).toBe(false);
    expect(heldOut.length + beyond!.heldOut.length).toBe(
      splitProblems(task, SPLIT_SEED).heldOut.length,
    );
  });

  it.each([{ experiment: 'distillation' }, { warmSteps: 5 }, { answerProblems: 8 }] as const)(
    'with %j reads a teacher too',
    async (changes) => {
      const asked: string[] = [];
      const start = await assembleStart({ ...DEFAULT_SETTINGS, ...changes }, (file) => {
        asked.push(file);
        return readShipped(file);
      });
      expect(asked.filter((file) => file.includes('teacher'))).toEqual([
        ...['countdown-3-teacher.json', 'countdown-3-teacher.f32'],
      ]);
      expect(start.teacher!.shape).toEqual({ ...start.shape, width: 64 });
      expect(start.teacher!.parameters.length).toBe(parameterCount(start.teacher!.shape));
    },
  );

  it.each([
    { warmSteps: 20, answerProblems: 8, experiment: 'power-sampling' },
    { warmSteps: 20, steps: 0 },
  ] as const)('with %j needs no teacher, where there is one or not', async (changes) => {
    for (const task of ['countdown', 'maze'] as const) {
      const settings = settingsOver({ task, ...changes });
      expect(await assembleStart(settings, readShipped)).not.toHaveProperty('teacher');
    }
  });

  it('that measures answers does without a teacher where none is shipped', async () => {
    const settings = { ...DEFAULT_SETTINGS, size: '4', answerProblems: 8 } as const;
    expect(await assembleStart(settings, readShipped)).not.toHaveProperty('teacher');
  });

  it('with a teacher is refused where none is shipped, naming the tasks that have one', async () => {
    const settings = { ...DEFAULT_SETTINGS, size: '4', experiment: 'distillation' } as const;
    await expect(assembleStart(settings, readShipped)).rejects.toThrow(
      'no teacher is shipped for the task countdown-4; there is one for countdown-3, mixed, programs',
    );
  });

  it('from a rarity is refused where no base of it is shipped, unless it is pretrained', async () => {
    const settings = {
      ...defaultsFor({ task: 'maze', algorithm: 'grpo' }),
      rarity: 0.5,
    } as const;
    await expect(assembleStart(settings, readShipped)).rejects.toThrow(
      /^no base of the task maze is shipped for a rarity of 0.5; there is one for 0, .*, 1, or pretrain one now$/,
    );
    await assembleStart({ ...settings, base: 'live' }, readShipped);
  });

  it('can be from every base that is shipped, and says of no other that it is', async () => {
    const entries = (await readdir(directory)).filter((file) => file.endsWith('.json'));
    const found: Record<string, number[]> = {};
    for (const file of entries) {
      const name = file.replace('.json', '');
      const entry = parseBaseEntry(name, (await readShipped(file)).toString());
      if (!entry.role) (found[entry.task] ??= []).push(rarityOf(shownTo(entry)));
    }
    for (const rarities of Object.values(found)) rarities.sort((a, b) => a - b);
    expect(SHIPPED_RARITIES).toEqual(found);
  });

  it('to be pretrained reads nothing', async () => {
    const start = await assembleStart({ ...DEFAULT_SETTINGS, base: 'live', width: 8 }, () =>
      Promise.reject(new Error('read')),
    );
    expect(start.shape.width).toBe(8);
  });
});

describe('the entry of a base', () => {
  it.each([
    ['{', `${DEFAULT_NAME}.json: it is not JSON`],
    [
      '{}',
      `${DEFAULT_NAME}.json: it has format 'undefined' version undefined, expected 'rlvr-base' version 1`,
    ],
    [
      JSON.stringify({ ...shipped, version: 2 }),
      `${DEFAULT_NAME}.json: it has format 'rlvr-base' version 2, expected 'rlvr-base' version 1`,
    ],
    [
      JSON.stringify({ ...shipped, prior: 'narrow' }),
      `${DEFAULT_NAME}.json: it is of the base 'countdown-3-narrow'`,
    ],
    [
      JSON.stringify({ ...shipped, role: 'teacher' }),
      `${DEFAULT_NAME}.json: it is of the base '${DEFAULT_NAME}-teacher'`,
    ],
  ])('is refused: %s', (entry, message) => {
    expect(() => parseBaseEntry(DEFAULT_NAME, entry)).toThrow(message);
  });
});
