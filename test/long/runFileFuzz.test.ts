import { describe, expect, it } from 'vitest';
import { MOST_RAW_BYTES, unpacked } from '../../src/run/runFile/container.ts';
import { disturbedFiles } from '../run/runFile/disturbed.ts';
import { sealed } from '../run/runFile/example.ts';

disturbedFiles(2000, [50, 1400], 200);

describe('a file that decompresses to more than it may', () => {
  it('is refused wherever in a piece that is found', async () => {
    const bomb = await sealed([new Uint8Array(3e6)]);
    for (let most = 10_000; most < 2e6; most += 5000)
      await expect(unpacked(bomb, most)).rejects.toThrow('decompresses to more than');
  });

  it('is refused at 96 MB, of a file a five-hundredth as large', async () => {
    expect(MOST_RAW_BYTES).toBe(96e6);
    const bomb = await sealed(Array.from({ length: 97 }, () => new Uint8Array(1e6)));
    expect(bomb.size).toBeLessThan(200_000);
    await expect(unpacked(bomb)).rejects.toThrow('decompresses to more than 96.0 MB');
  });
});
