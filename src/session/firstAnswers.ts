import { Stream } from '../core/random.ts';
import type { Policy } from '../policy/policy.ts';
import type { RunSettings } from '../run/table.ts';
import type { Start } from '../run/start.ts';
import { WORTH_TELLING_S } from './timeLeft.ts';

/** Fewer answers than these take no time worth a look on any engine. */
const MANY = 8192;

/** Answers of the look: enough to load an engine, few enough to take no time themselves. */
const TRIED = 512;

/**
 * About how many seconds the answers of the first step take, which come before its evaluation and all at once: as many
 * times those that a few of them take as there are more. Where a GPU draws many faster than few it takes less. Null below
 * ten seconds. The policy stays as it is.
 */
export async function secondsOfAnswers(
  policy: Policy,
  { task, split }: Start,
  { prompts, groupSize, temperature, seed }: RunSettings,
  now: () => number,
): Promise<number | null> {
  const answers = prompts * groupSize;
  if (answers < MANY) return null;
  const problems = split.train.slice(0, Math.ceil(TRIED / groupSize));
  const draw = () =>
    policy.sample({
      prompts: Int32Array.from(problems.flatMap((problem) => task.encode(problem))),
      groupSize,
      temperature,
      key: { seed, stream: Stream.rollouts, step: 0 },
    });
  // The first pays for what all need, such as memory.
  await draw();
  const began = now();
  await draw();
  const seconds = ((now() - began) / 1000) * (answers / (problems.length * groupSize));
  return seconds > WORTH_TELLING_S ? seconds : null;
}
