import type { RunSettings } from '../run/settings.ts';
import { beginRun } from './beginRun.ts';
import type { PlainFlag } from './flags.ts';
import { openOutput } from './output.ts';

export const TRAIN_FLAGS: readonly PlainFlag[] = [
  { flag: 'out', help: 'file for the rows, one JSON object per line; - for stdout', default: '-' },
];

/** Trains and writes every row as it comes, so that a stopped run keeps what it had. */
export async function runTrain(
  settings: RunSettings,
  plain: Record<string, string>,
): Promise<void> {
  const output = await openOutput(plain['out']!);
  const { run } = await beginRun(settings);
  try {
    for await (const row of run.rows) {
      await output.write(JSON.stringify(row));
      if (row.heldOut)
        process.stderr.write(
          `step ${row.step}/${settings.steps}  pass@1 ${row.heldOut.passAt['1']!.toFixed(3)}  ` +
            `pass@256 ${row.heldOut.passAt['256']!.toFixed(3)}  entropy ${row.entropy.toFixed(3)} nats\n`,
        );
    }
  } finally {
    run.dispose();
    await output.close();
  }
}
