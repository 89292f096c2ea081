import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../../src/experiments/train.ts';
import { parameterCount } from '../../../src/policy/shape.ts';
import { checksum } from '../../../src/run/bases.ts';
import { fitting } from '../../../src/run/runFile/checkpoints.ts';
import { MOST_FILE_BYTES, MOST_RAW_BYTES, unpacked } from '../../../src/run/runFile/container.ts';
import { readRunFile, writeRunFile, type RunFile } from '../../../src/run/runFile/runFile.ts';
import { closed, entryOf, exampleRun, opened, sealed, type Opened } from './example.ts';

let run: Omit<RunFile, 'leftOut'>;
let file: Blob;
/** Parameters of the network. */
let count: number;
beforeAll(async () => {
  // A small network: its file is opened and closed once for each change.
  run = await exampleRun({ base: 'live', width: 8 });
  count = parameterCount(run.shape);
  ({ file } = await writeRunFile(run));
});

const read = (blob: Blob) => readRunFile(blob, entryOf);
/** The file with something else inside, and all around it right. */
async function changed(change: (parts: Opened) => void): Promise<Blob> {
  const parts = await opened(file);
  change(parts);
  return closed(parts);
}
type Row = RunFile['rows'][number];
const withRow = (index: number, change: (row: Record<string, never>) => void) =>
  changed(({ rows }) => {
    const row = JSON.parse(rows[index]!) as Record<string, never>;
    change(row);
    rows[index] = JSON.stringify(row);
  });

/** A checkpoint with the SHA-256 of each array in its place: quicker to compare, to the last bit. */
const withSums = (checkpoint: Checkpoint): unknown =>
  JSON.parse(
    JSON.stringify(checkpoint, (_, value: unknown) =>
      ArrayBuffer.isView(value)
        ? createHash('sha256')
            .update(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
            .digest('hex')
        : value,
    ),
  );

describe('a run file', () => {
  it('gives back the run that was put in, to the last bit', async () => {
    const back = await read(file);
    const { leftOut, checkpoints, ...rest } = back;
    expect(leftOut).toEqual([]);
    const { checkpoints: before, ...others } = run;
    expect(rest).toEqual(others);
    // What was undefined is not there; a checkpoint without a learner or a judge says null.
    expect(checkpoints.map(withSums)).toEqual(
      before.map((each) => withSums({ judge: null, learner: null, ...each })),
    );
  });

  it('is a line of ASCII and gzip, which other programs can read', async () => {
    const text = new TextDecoder('latin1').decode(await file.arrayBuffer());
    expect(text).toMatch(/^rlvr-run 1 \d+ [0-9a-f]{64}\n\x1f\x8b/);
    const { header, rows, blocks } = await opened(file);
    expect(header).toMatchObject({ settings: { lr: 0.002, seed: 7 }, rows: 5, view: { step: 3 } });
    expect(rows.map((row) => (JSON.parse(row) as { step: number }).step)).toEqual([0, 1, 2, 3, 4]);
    // 5 checkpoints and a judge of three arrays of floats, 3 answers of 4 + 6 + 1 words, and 2 earlier policies.
    expect(blocks.length).toBe(6 * 3 * 4 * count + 4 * 3 * 11 + 2 * 4 * count);
    expect(new DataView(blocks.buffer).getFloat32(0, true)).toBe(
      run.checkpoints[0]!.snapshot.parameters[0],
    );
  });

  it('leaves checkpoints out evenly where there is no room, and says which', async () => {
    const bytes = 3 * 4 * count;
    const steps = (most: number) => fitting(run.checkpoints.slice(0, 4), most).map((c) => c.step);
    expect(steps(4 * bytes)).toEqual([0, 1, 2, 3]);
    expect(steps(4 * bytes - 1)).toEqual([0, 2, 3]);
    expect(steps(3 * bytes - 1)).toEqual([0, 3]);
    expect(steps(1)).toEqual([0, 3]);
  });

  it('is not written of a run that it could not be opened with', async () => {
    const rows = run.rows.map((row) => (row.step === 3 ? { ...row, entropy: NaN } : row));
    await expect(writeRunFile({ ...run, rows })).rejects.toThrow(
      'row 3.entropy is NaN, expected a number from 0 to 10',
    );
  });
});

describe('a file that is no such run is refused', () => {
  const refused = async (blob: Blob | Promise<Blob>, message: string | RegExp) => {
    const error = await read(await blob).then(
      () => null,
      (reason: unknown) => reason as Error,
    );
    expect(error?.name).toBe('RunFileError');
    expect(error!.message).toMatch(message);
  };

  it('by its size before it is read', async () => {
    const large = {
      size: 200e6,
      slice: () => expect.unreachable('it was read'),
      arrayBuffer: () => expect.unreachable('it was read'),
    } as unknown as Blob;
    await refused(large, 'it has 200 MB, expected at most 50.0 MB');
    expect(MOST_FILE_BYTES).toBe(50e6);
  });

  it('by what it begins with', async () => {
    await refused(new Blob([]), 'it is empty');
    await refused(new Blob(['\x89PNG\r\n\x1a\n…']), 'it begins with ‘··PNG·’');
    await refused(
      new Blob(['{"format":"rlvr-recording"}']),
      'begins with ‘{"format":"rlvr-recordin’',
    );
    await refused(new Blob(['rlvr-run\n']), 'its first line is ‘rlvr-run’');
    await refused(new Blob(['rlvr-run 1 1e3 abc\n']), 'its first line is ‘rlvr-run 1 1e3 abc’');
    await refused(new Blob([`rlvr-run 1 ${'9'.repeat(400)}`]), 'its first line is');
  });

  it('by its version, whatever else has changed', async () => {
    await refused(new Blob(['rlvr-run 2 and anything\n']), 'of version 2, expected version 1');
    await refused(sealed(['{}'], 3), 'of version 3, expected version 1');
  });

  it('cut in half, longer, or with one bit flipped', async () => {
    await refused(file.slice(0, file.size >> 1), /has \d+ bytes .* a part of it is missing/);
    await refused(new Blob([file, 'x']), 'something was added');
    const bytes = new Uint8Array(await file.arrayBuffer());
    bytes[bytes.length >> 1]! ^= 8;
    await refused(new Blob([bytes]), 'some of them were changed');
  });

  it('without gzip', async () => {
    const body = new TextEncoder().encode('plain');
    const line = `rlvr-run 1 ${body.length} ${await checksum(body)}\n`;
    await refused(new Blob([line, body]), 'cannot be decompressed, expected gzip');
  });

  it('with more of it than there may be, wherever in a piece that is found', async () => {
    expect(MOST_RAW_BYTES).toBe(96e6);
    const bomb = await sealed([new Uint8Array(3e6)]);
    expect(bomb.size).toBeLessThan(10_000);
    for (const most of [0, 1000, 16_384, 16_385, 70_000, 1_234_567, 3e6 - 1])
      await expect(unpacked(bomb, most)).rejects.toThrow(/decompresses to more than \d+\.\d MB/);
    expect((await unpacked(bomb, 3e6)).length).toBe(3e6);
  });

  it('with settings that no run has, each named', async () => {
    const with_ = (settings: Record<string, unknown>) =>
      changed(({ header }) => Object.assign(header['settings'] as object, settings));
    await refused(
      with_({ lr: -1, 'group-size': 'many' }),
      /lr is '-1', expected a number from 0 to .*; group-size is 'many', expected a whole number/,
    );
    await refused(with_({ temprature: 1 }), '‘temprature’ is no setting of this page');
    await refused(
      changed((parts) => (parts.header['settings'] = [])),
      'its header.settings is a list of 0, expected an object',
    );
  });

  it('with rows that no run has, each named', async () => {
    const set = (name: string, value: unknown) => (row: object) =>
      Object.assign(row, { [name]: value });
    await refused(
      withRow(2, set('entropy', 'NaN')),
      'row 2.entropy is ‘NaN’, expected a number from 0 to 10',
    );
    await refused(
      withRow(1, set('step', 0)),
      'row 1.step is 0, expected a whole number from 1 to 4',
    );
    await refused(
      withRow(4, set('step', 5)),
      'row 4.step is 5, expected a whole number from 4 to 4',
    );
    await refused(withRow(2, set('heldOut', 3)), 'row 2.heldOut is 3, expected an object');
    await refused(
      withRow(0, set('heldOut', undefined)),
      'row 0.heldOut is missing, expected an obj',
    );
    await refused(
      changed(({ rows }) => (rows[0] = rows[3]!.replace('"step":3', '"step":0'))),
      'row 0 is without, expected an evaluation of the base',
    );
    await refused(
      withRow(2, ({ heldOut }) => Object.assign(heldOut!, { p: [0.5] })),
      'row 2.heldOut.p is a list of 1, expected a list of 4',
    );
    await refused(
      changed(({ rows }) => (rows[3] = rows[3]!.replace(/"reward":[^,]*/, '"reward":1e999'))),
      'row 3.reward is Infinity, expected a number from 0 to 1',
    );
    await refused(
      changed(({ rows }) => (rows[1] = rows[1]!.slice(0, 30))),
      'row 1 is not JSON',
    );
  });

  it.each<[what: string, index: number, change: (row: Row) => void, message: string]>([
    [
      'pass@k',
      2,
      (row) => (row.heldOut!.passAt[256] = -1),
      'heldOut.passAt.256 is -1, expected a number from 0 to 1',
    ],
    [
      'pass@k',
      2,
      (row) => (row.train!.passAt[1] = 1e308),
      'train.passAt.1 is 1e+308, expected a number from 0 to 1',
    ],
    [
      'the estimate',
      2,
      (row) => (row.heldOut!.sampled!.passAt[1] = 2),
      'heldOut.sampled.passAt.1 is 2, expected',
    ],
    [
      'k',
      2,
      (row) => (row.heldOut!.sampled!.passAt[0] = 0.5),
      'heldOut.sampled.passAt.0 is 0.5, expected nothing of that name',
    ],
    [
      'k',
      2,
      (row) => (row.heldOut!.passAt[3] = 0.5),
      'heldOut.passAt.3 is 0.5, expected only fields named 1, 4, 16, 64, 256, 1024',
    ],
    [
      'the probability',
      0,
      (row) => (row.heldOut!.p[1] = 1.5),
      'heldOut.p[1] is 1.5, expected a number from 0 to 1',
    ],
    [
      'the KL distance',
      2,
      (row) => (row.heldOut!.kl = 1e308),
      'heldOut.kl is 1e+308, expected a number from',
    ],
    ['the KL estimate', 2, (row) => (row.kl = -1), 'kl is -1, expected a number from 0 to'],
    [
      'the reward',
      1,
      (row) => (row.reward = 1e308),
      'reward is 1e+308, expected a number from 0 to 1',
    ],
    ['the loss', 1, (row) => (row.loss = -1e308), 'loss is -1e+308, expected a number from'],
    [
      'the entropy',
      1,
      (row) => (row.entropy = -1),
      'entropy is -1, expected a number from 0 to 10',
    ],
    ['the time', 1, (row) => (row.step_time = -1), 'step_time is -1, expected a number from 0'],
    [
      'a count',
      2,
      (row) => (row.solvable!.both = 1.5),
      'solvable.both is 1.5, expected a whole number from 0',
    ],
    [
      'the base',
      2,
      (row) => delete row.group!.base,
      'group.base is missing, expected a list of 1 to 4096',
    ],
    ['the group', 2, (row) => delete row.group, 'group is missing, expected an object'],
    [
      'an answer',
      1,
      (row) => (row.group!.completions = []),
      'group.completions is a list of 0, expected a list of 1 to',
    ],
    [
      'a token',
      1,
      (row) => (row.group!.completions[0]!.tokens = [14]),
      'group.completions[0].tokens[0] is 14, expected a whole number from 0 to 13',
    ],
    ['a tier', 2, (row) => (row.beyond = row.heldOut!), 'beyond is an object, expected nothing'],
    [
      'the prompt',
      1,
      (row) => row.group!.prompt.pop(),
      'group.prompt is a list of 3, expected a list of 4',
    ],
    ['the problem', 1, (row) => (row.group!.problem = 'x'), 'group.problem is ‘x’, expected'],
    [
      'a name',
      1,
      (row) => Object.defineProperty(row, '__proto__', { value: {}, enumerable: true }),
      '__proto__ is an object, expected only fields named step',
    ],
  ])('with %s out of its range, of row %i', async (_, index, change, message) => {
    await refused(
      withRow(index, (row) => change(row as unknown as Row)),
      new RegExp(`^row ${index}\\.${message.replace(/[[\].+]/g, '\\$&')}`),
    );
  });

  it('with the group of a maze that is none', async () => {
    const maze = await exampleRun({ task: 'maze', base: 'live', width: 8, steps: 1 });
    const { file: whole } = await writeRunFile({ ...maze, view: { step: 1, problem: 3 } });
    const parts = await opened(whole);
    expect((await read(await closed(parts))).rows.length).toBe(2);
    const row = JSON.parse(parts.rows[1]!) as Row;
    row.group!.prompt = row.group!.prompt.map((token) => (token === 7 ? 5 : token));
    parts.rows[1] = JSON.stringify(row);
    await refused(
      closed(parts),
      'row 1.group.prompt is a list of 16, expected that of a problem of maze',
    );
  });

  it('with a header that sets a prototype, or is of what the run has not', async () => {
    const inHeader = (json: string) =>
      changed(({ header }) => Object.assign(header, { toJSON: () => JSON.parse(json) as unknown }));
    const { header } = await opened(file);
    const text = JSON.stringify(header);
    for (const [place, what] of [
      ['{', 'its header.__proto__ is an object, expected only fields named made'],
      ['"view":{', 'its header.view.__proto__ is an object, expected only fields named step'],
      ['"settings":{', 'its header.settings.__proto__ is an object, expected nothing of that name'],
    ] as const)
      await refused(inHeader(text.replace(place, `${place}"__proto__":{"x":1},`)), what);
    await refused(
      changed(({ header }) => Object.assign(header['view'] as object, { problem: 4 })),
      'the problem of its view is 4, expected a whole number from 0 to 3',
    );
    await refused(
      changed(({ header }) => Object.assign(header['view'] as object, { step: 5 })),
      'the step of its view is 5, expected a whole number from 0 to 4',
    );
  });

  it('with parameters that are not of its network', async () => {
    const { shape } = run;
    await refused(
      changed(({ header }) => (header['shape'] = { ...shape, width: 64 })),
      'its network has width 64, expected 8 of the settings',
    );
    await refused(
      changed(({ header }) => (header['shape'] = { ...shape, vocabulary: 39 })),
      'its network has vocabulary 39, expected 38 of the base countdown-3',
    );
    await refused(
      changed((parts) => (parts.blocks = parts.blocks.slice(4))),
      `by the shape of ${count} parameters`,
    );
    await refused(
      changed(({ blocks }) => new DataView(blocks.buffer).setFloat32(40, NaN, true)),
      'parameters of the checkpoint of step 0 has a number that is not finite',
    );
    await refused(
      changed(({ blocks }) => new DataView(blocks.buffer).setFloat32(8 * count, -1, true)),
      'secondMoment of the checkpoint of step 0 has a number below 0, expected squares',
    );
    await refused(
      changed(({ blocks }) => new DataView(blocks.buffer).setFloat32(40, 1, true)),
      'the SHA-256 of its base is',
    );
    await refused(
      changed(({ blocks }) =>
        new DataView(blocks.buffer).setFloat32(blocks.length - 4, Infinity, true),
      ),
      'an earlier policy’s parameters of the checkpoint of step 4 has a number that is not finite',
    );
    await refused(
      changed(({ blocks }) =>
        new DataView(blocks.buffer).setInt32(blocks.length - 8 * count - 4, 7, true),
      ),
      'a length of the answers of the checkpoint of step 4 is 7, expected a whole number from 1 to 6',
    );
  });

  it('with checkpoints that do not lead to its last row', async () => {
    const headersOf = ({ header }: Opened) => header['checkpoints'] as { step: number }[];
    await refused(
      changed((parts) => (headersOf(parts)[4]!.step = 3)),
      'the last step of its checkpoints is 3, expected a whole number from 4 to 4',
    );
    await refused(
      changed((parts) => (headersOf(parts)[0]!.step = 1)),
      'its checkpoints[0].step is 1, expected a whole number from 0 to 0',
    );
    await refused(
      changed((parts) => (parts.header['checkpoints'] = [])),
      'its checkpoints is a list of 0, expected a list of 1 to 1000',
    );
  });
});
