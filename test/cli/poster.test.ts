import { expect, it } from 'vitest';
import { runPosters } from '../../src/cli/poster.ts';

it('the posters of presets that there are not are none', async () => {
  await expect(runPosters(['crossing', 'nonsense'])).rejects.toThrow(
    "unknown preset 'nonsense', expected some of crossing, explores",
  );
  await expect(runPosters(['--in', 'x'])).rejects.toThrow(/usage: npm run -s rlvr -- poster/);
});
