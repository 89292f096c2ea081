import { beforeAll, describe, expect, it } from 'vitest';
import { checksum } from '../../../src/run/bases.ts';
import { fitting } from '../../../src/run/runFile/checkpoints.ts';
import { MOST_FILE_BYTES, unpacked } from '../../../src/run/runFile/container.ts';
import { readRunFile, writeRunFile, type RunFile } from '../../../src/run/runFile/runFile.ts';
import { closed, entryOf, exampleRun, opened, sealed, type Opened } from './example.ts';

let run: Omit<RunFile, 'leftOut'>;
let file: Blob;
beforeAll(async () => {
  run = await exampleRun();
  ({ file } = await writeRunFile(run));
});

const read = (blob: Blob) => readRunFile(blob, entryOf);
/** The file with something else inside, and all around it right. */
async function changed(change: (parts: Opened) => void): Promise<Blob> {
  const parts = await opened(file);
  change(parts);
  return closed(parts);
}
const withRow = (index: number, change: (row: Record<string, never>) => void) =>
  changed(({ rows }) => {
    const row = JSON.parse(rows[index]!) as Record<string, never>;
    change(row);
    rows[index] = JSON.stringify(row);
  });

describe('a run file', () => {
  it('gives back the run that was put in, to the last bit', async () => {
    const back = await read(file);
    const { leftOut, ...rest } = back;
    expect(leftOut).toEqual([]);
    // What was undefined is not there; a checkpoint without a learner or a judge says null.
    expect(rest).toEqual({
      ...run,
      checkpoints: run.checkpoints.map((each) => ({ judge: null, learner: null, ...each })),
    });
    for (const [i, { snapshot }] of back.checkpoints.entries())
      expect(await checksum(new Uint8Array(snapshot.secondMoment.buffer as ArrayBuffer))).toBe(
        await checksum(
          new Uint8Array(run.checkpoints[i]!.snapshot.secondMoment.buffer as ArrayBuffer),
        ),
      );
  });

  it('is a line of ASCII and gzip, which other programs can read', async () => {
    const text = new TextDecoder('latin1').decode(await file.arrayBuffer());
    expect(text).toMatch(/^rlvr-run 1 \d+ [0-9a-f]{64}\n\x1f\x8b/);
    const { header, rows, blocks } = await opened(file);
    expect(header).toMatchObject({ settings: { lr: 0.002, seed: 7 }, rows: 5, view: { step: 3 } });
    expect(rows.map((row) => (JSON.parse(row) as { step: number }).step)).toEqual([0, 1, 2, 3, 4]);
    // 5 checkpoints and a judge of three arrays of 27,471 floats, and 3 answers of 4 + 6 + 1 words.
    expect(blocks.length).toBe(6 * 3 * 4 * 27_471 + 4 * 3 * 11);
    expect(new DataView(blocks.buffer).getFloat32(0, true)).toBe(
      run.checkpoints[0]!.snapshot.parameters[0],
    );
  });

  it('leaves checkpoints out evenly where there is no room, and says which', async () => {
    const bytes = 3 * 4 * 27_471;
    const steps = (most: number) => fitting(run.checkpoints.slice(0, 4), most).map((c) => c.step);
    expect(steps(4 * bytes)).toEqual([0, 1, 2, 3]);
    expect(steps(4 * bytes - 1)).toEqual([0, 2, 3]);
    expect(steps(3 * bytes - 1)).toEqual([0, 3]);
    expect(steps(1)).toEqual([0, 3]);
  });

  it('is not written of a run that it could not be opened with', async () => {
    const rows = run.rows.map((row) => (row.step === 3 ? { ...row, entropy: NaN } : row));
    await expect(writeRunFile({ ...run, rows })).rejects.toThrow(
      'row 3.entropy is NaN, expected a finite number',
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
    const sparse = new Blob(Array.from({ length: 200 }, () => new Uint8Array(1e6)));
    await refused(sparse, 'it has 200 MB');
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

  it('without gzip, or with more of it than there may be', async () => {
    const body = new TextEncoder().encode('plain');
    const line = `rlvr-run 1 ${body.length} ${await checksum(body)}\n`;
    await refused(new Blob([line, body]), 'cannot be decompressed, expected gzip');
    const bomb = await sealed(Array.from({ length: 120 }, () => new Uint8Array(1e6)));
    expect(bomb.size).toBeLessThan(200_000);
    await refused(bomb, 'decompresses to more than 96.0 MB');
    await expect(unpacked(file, 1000)).rejects.toThrow('decompresses to more than 0.0 MB');
  });

  it('with more of it, wherever in a piece that is found', async () => {
    const bomb = await sealed([new Uint8Array(3e6)]);
    for (let most = 10_000; most < 2e6; most += 5000)
      await expect(unpacked(bomb, most)).rejects.toThrow('decompresses to more than');
  });

  it('with settings that no run has, each named', async () => {
    const with_ = (settings: Record<string, unknown>) =>
      changed(({ header }) => Object.assign(header['settings'] as object, settings));
    await refused(
      with_({ lr: -1, 'group-size': 'many' }),
      /lr is '-1', expected a number from 0 to .*; group-size is 'many', expected a whole number/,
    );
    await refused(with_({ temprature: 1 }), '‘temprature’ is none of this page');
    await refused(
      changed((parts) => (parts.header['settings'] = [])),
      'its settings is a list of 0, expected an object',
    );
  });

  it('with rows that no run has, each named', async () => {
    const set = (name: string, value: unknown) => (row: object) =>
      Object.assign(row, { [name]: value });
    await refused(withRow(2, set('entropy', 'NaN')), 'row 2.entropy is ‘NaN’, expected a finite');
    await refused(
      withRow(1, set('step', 0)),
      'row 1.step is 0, expected a whole number from 1 to 4',
    );
    await refused(
      withRow(4, set('step', 5)),
      'row 4.step is 5, expected a whole number from 4 to 4',
    );
    await refused(withRow(2, set('heldOut', 3)), 'row 2.heldOut is 3, expected an object');
    await refused(withRow(0, set('heldOut', undefined)), 'expected an evaluation of the base');
    await refused(
      withRow(2, ({ heldOut }) => Object.assign(heldOut!, { p: [0.5] })),
      'row 2.heldOut.p is a list of 1, expected a list of 4',
    );
    await refused(
      changed(({ rows }) => (rows[3] = rows[3]!.replace(/"reward":[^,]*/, '"reward":1e999'))),
      'row 3.reward is Infinity, expected a finite number',
    );
    await refused(
      changed(({ rows }) => (rows[1] = rows[1]!.slice(0, 30))),
      'row 1 is not JSON',
    );
  });

  it('with parameters that are not of its network', async () => {
    const { shape } = run;
    await refused(
      changed(({ header }) => (header['shape'] = { ...shape, width: 64 })),
      'its network has width 64, expected 32 of the base countdown-3',
    );
    await refused(
      changed((parts) => (parts.blocks = parts.blocks.slice(4))),
      'by the shape of 27471 parameters',
    );
    await refused(
      changed(({ blocks }) => new DataView(blocks.buffer).setFloat32(40, NaN, true)),
      'parameters of the checkpoint of step 0 has a number that is not finite',
    );
    await refused(
      changed(({ blocks }) => new DataView(blocks.buffer).setFloat32(40, 1, true)),
      'the SHA-256 of its base is',
    );
    await refused(
      changed(({ blocks }) => new DataView(blocks.buffer).setInt32(blocks.length - 4, 7, true)),
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
      'the number of its checkpoints is 0',
    );
  });
});
