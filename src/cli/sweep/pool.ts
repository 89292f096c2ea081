import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { steadyClock } from '../../core/steadyClock.ts';
import { holderOf, releaseFor, removeStaleLocks } from './claim.ts';
import { FOUND, HELD, type Order } from './makeRun.ts';
import { npmAbove } from './processes.ts';
import { readRun, removeTemporaries } from './runFile.ts';

const say = (text: string): void => void process.stderr.write(`${text}\n`);
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** How often a run that another sweep makes is looked at. */
const POLL_MS = 250;
const STOPPING: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM'];

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = seconds / 60;
  return minutes < 90 ? `${Math.ceil(minutes)} min` : `${(minutes / 60).toFixed(1)} h`;
}

interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  complaints: string;
}

/** A process that makes one run after another: to start one takes about as long as a short run. */
interface Maker {
  child: ChildProcess;
  /** Makes a run, or ends in trying. */
  make(order: Order): Promise<Ended>;
}

function startMaker(directory: string): Maker {
  const child = spawn(
    process.execPath,
    [
      ...[
        '--import',
        import.meta.resolve('tsx'),
        fileURLToPath(new URL('child.ts', import.meta.url)),
      ],
      ...[directory, String(process.pid)],
    ],
    { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] },
  );
  let complaints = '';
  child.stderr!.on('data', (text: Buffer) => (complaints = (complaints + text).slice(-2000)));
  const end = new Promise<Ended>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal, complaints })),
  );
  return {
    child,
    make(order) {
      // One that has been killed while it waited.
      if (!child.connected) return end;
      complaints = '';
      const answer = new Promise<Ended>((resolve) =>
        child.once('message', (code) =>
          resolve({ code: code as number, signal: null, complaints }),
        ),
      );
      child.send(order);
      return Promise.race([answer, end]);
    },
  };
}

/**
 * Makes the runs that are missing, `jobs` at a time in as many processes, and tells on stderr how far it is. Runs that
 * stand in the directory are not made again; those that another sweep is making are waited for. False if a signal stopped it.
 * @throws Error naming the runs that failed, after all others were made.
 */
export async function makeRuns(
  directory: string,
  orders: readonly Order[],
  jobs: number,
): Promise<boolean> {
  await mkdir(directory, { recursive: true });
  // Two arms may share a run.
  const queue = [...new Map(orders.map((order) => [order.id, order])).values()];
  const total = queue.length;
  const now = steadyClock();
  const makers = new Set<ChildProcess>();
  const idle: Maker[] = [];
  const failures: string[] = [];
  let [found, made, stopped] = [0, 0, false];

  const stop = (signal: NodeJS.Signals): void => {
    stopped = true;
    process.exitCode = 128 + constants.signals[signal];
    for (const child of makers) child.kill('SIGTERM');
    say(
      `${signal}: stopped with ${found + made} of ${total} runs finished; the same command goes on`,
    );
  };
  for (const signal of STOPPING) process.on(signal, stop);
  const above = npmAbove();
  const watch = setInterval(() => {
    if (above !== null && process.ppid !== above && !stopped) stop('SIGTERM');
  }, POLL_MS);

  const makeOne = async (order: Order): Promise<void> => {
    const at = now();
    const maker = idle.pop() ?? startMaker(directory);
    const { child } = maker;
    makers.add(child);
    const { code, signal, complaints } = await maker.make(order);
    if (code === 0 || code === HELD || code === FOUND) idle.push(maker);
    else {
      makers.delete(child);
      // It did not come to clean up itself.
      await releaseFor(directory, order.id, child.pid ?? -1);
      if (!(await holderOf(directory, order.id))) await removeTemporaries(directory, order.id);
    }
    if (stopped) return;
    if (code === HELD) {
      queue.push(order);
      return;
    }
    if (code === FOUND) {
      found++;
      return;
    }
    if (code !== 0) {
      failures.push(
        `${order.id} (${order.label}) ended with ${signal ?? `code ${code}`}:\n${complaints}`,
      );
      return;
    }
    made++;
    const left = total - found - made - failures.length;
    const rest = (left * now()) / 1000 / made;
    say(
      `[${found + made}/${total}] ${order.label}: ${duration((now() - at) / 1000)}; ` +
        `${left} left${left > 0 ? `, about ${duration(rest)}` : ''}`,
    );
  };

  const work = async (): Promise<void> => {
    for (let order = queue.shift(); order && !stopped; order = queue.shift()) {
      const there = await readRun(directory, order.id);
      if (there.kind === 'broken')
        say(
          `${order.id}.json (${order.label}) is broken: ${there.why}; it is moved aside and made again`,
        );
      if (there.kind === 'whole') {
        found++;
        // Who made it may have been killed between its last byte and letting go.
        await removeStaleLocks(directory, order.id);
      } else if (await holderOf(directory, order.id)) {
        queue.push(order);
        await sleep(POLL_MS);
      } else await makeOne(order);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(jobs, total) }, work));
  } finally {
    clearInterval(watch);
    for (const { child } of idle) child.disconnect();
    for (const signal of STOPPING) process.off(signal, stop);
  }
  if (stopped) return false;
  if (failures.length > 0)
    throw new Error(`${failures.length} of ${total} runs failed:\n${failures.join('\n')}`);
  say(`${total} runs: ${made} made, ${found} found`);
  return true;
}
