import { describe, expect, it } from 'vitest';
import { readdir, readFile } from 'node:fs/promises';
import { uniformSequence } from '../../src/core/random.ts';
import { parameterCount } from '../../src/policy/shape.ts';
import { NARROWED_TASKS, serialiseBase, type BaseEntry, checksum } from '../../src/run/bases.ts';
import { parseBaseEntry } from '../../src/run/baseEntry.ts';
import { DEFAULT_SETTINGS, defaultsFor } from '../../src/run/settings.ts';
import { assembleStart } from '../../src/run/start.ts';

const directory = new URL('../../public/bases/', import.meta.url);
const readShipped = async (file: string): Promise<Uint8Array> => readFile(new URL(file, directory));
const text = (await readFile(new URL('countdown-3.json', directory))).toString();
const shipped = parseBaseEntry('countdown-3', text);

describe('a start', () => {
  it('from a broad base reads its two files, and has no tier', async () => {
    const asked: (string | undefined)[][] = [];
    const start = await assembleStart(DEFAULT_SETTINGS, (file, sha256) => {
      asked.push([file, sha256]);
      return readShipped(file);
    });
    expect(asked).toEqual([
      ['countdown-3.json', undefined],
      ['countdown-3.f32', shipped.sha256],
    ]);
    expect(await checksum(serialiseBase(start.parameters))).toBe(shipped.sha256);
    expect(start.split).not.toHaveProperty('beyond');
  });

  it('from a narrow base reads the files of that prior, and has the tier apart', async () => {
    const entry: BaseEntry = { ...shipped, prior: 'narrow', file: 'countdown-3-narrow.f32' };
    const start = await assembleStart({ ...DEFAULT_SETTINGS, prior: 'narrow' }, async (file) =>
      file === 'countdown-3-narrow.json'
        ? new TextEncoder().encode(JSON.stringify(entry))
        : readShipped(file.replace('-narrow', '')),
    );
    const { heldOut, beyond } = start.split;
    expect(heldOut.length + beyond!.heldOut.length).toBe(400);
    expect(beyond!.heldOut.length).toBe(83);
    expect(beyond!.heldOut.every(start.task.skill.isNeeded)).toBe(true);
    for (const problem of heldOut.slice(0, 100))
      expect(
        start.task.demonstrate(problem, 0.3, uniformSequence({ seed: 1, stream: 99, step: 0 })),
      ).not.toContain(start.task.skill.token);
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
      const settings = { ...DEFAULT_SETTINGS, task, ...changes };
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

  it('from a narrow base is refused where none is shipped, unless it is pretrained', async () => {
    const settings = {
      ...defaultsFor({ task: 'mixed', algorithm: 'grpo' }),
      prior: 'narrow',
    } as const;
    await expect(assembleStart(settings, readShipped)).rejects.toThrow(
      'no base with a narrow prior is shipped for the task mixed; ' +
        'there is one for countdown-3, countdown-4, countdown-steps, maze, programs, or pretrain one now',
    );
    const { split } = await assembleStart({ ...settings, base: 'live' }, readShipped);
    expect(split.beyond!.train.length + split.beyond!.heldOut.length).toBe(390);
  });

  it('from a narrow base is possible wherever one is shipped', async () => {
    const narrow = (await readdir(directory)).filter((file) => file.endsWith('-narrow.json'));
    expect([...NARROWED_TASKS].sort()).toEqual(
      narrow.map((file) => file.replace('-narrow.json', '')).sort(),
    );
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
    ['{', 'countdown-3.json: it is not JSON'],
    [
      '{}',
      "countdown-3.json: it has format 'undefined' version undefined, expected 'rlvr-base' version 1",
    ],
    [
      JSON.stringify({ ...shipped, version: 2 }),
      "countdown-3.json: it has format 'rlvr-base' version 2, expected 'rlvr-base' version 1",
    ],
    [
      JSON.stringify({ ...shipped, prior: 'narrow' }),
      "countdown-3.json: it is of the base 'countdown-3-narrow'",
    ],
    [
      JSON.stringify({ ...shipped, role: 'teacher' }),
      "countdown-3.json: it is of the base 'countdown-3-teacher'",
    ],
  ])('is refused: %s', (entry, message) => {
    expect(() => parseBaseEntry('countdown-3', entry)).toThrow(message);
  });
});
