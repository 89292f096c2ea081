import { fork, type ChildProcess } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { constants } from 'node:os';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { steadyClock } from '../../core/steadyClock.ts';
import type { Made, Order } from './makeRun.ts';
import { readRun, runPath } from './runFile.ts';
import { clearTemporaries } from './writeWhole.ts';

const say = (text: string): void => void process.stderr.write(`${text}\n`);
const STOPPING: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM'];

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = seconds / 60;
  return minutes < 90 ? `${Math.ceil(minutes)} min` : `${(minutes / 60).toFixed(1)} h`;
}

/** Whether a run was made, or had been meanwhile, or how the process ended that should have made it. */
type Outcome = Pick<Made, 'kind'> | { kind: 'ended'; how: string };

/** A process that makes one run after another: to start one takes about as long as a short run. */
interface Maker {
  child: ChildProcess;
  make(order: Order): Promise<Outcome>;
}

function startMaker(directory: string): Maker {
  const child = fork(fileURLToPath(new URL('child.ts', import.meta.url)), [directory], {
    execArgv: ['--import', import.meta.resolve('tsx')],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaints = '';
  child.stderr!.on('data', (text: Buffer) => (complaints = (complaints + text).slice(-2000)));
  const end = new Promise<Outcome>((resolve) =>
    child.on('close', (code, signal) =>
      resolve({ kind: 'ended', how: `ended with ${signal ?? `code ${code}`}:\n${complaints}` }),
    ),
  );
  return {
    child,
    make(order) {
      // One that has been killed while it waited.
      if (!child.connected) return end;
      complaints = '';
      const answer = new Promise<Outcome>((resolve) =>
        child.once('message', (kind) => resolve({ kind: kind as Made['kind'] })),
      );
      child.send(order);
      return Promise.race([answer, end]);
    },
  };
}

/**
 * Makes the runs that are missing, `jobs` at a time in as many processes, and tells on stderr how far it is. Runs that
 * stand in the directory are not made again. False if a signal stopped it.
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
  // npm ends at a signal and hands it on to its shell alone.
  const shell = env['npm_lifecycle_event'] === undefined ? null : process.ppid;
  const watch = setInterval(() => {
    if (shell !== null && process.ppid !== shell && !stopped) stop('SIGTERM');
  }, 250);

  const makeOne = async (order: Order): Promise<void> => {
    const at = now();
    const maker = idle.pop() ?? startMaker(directory);
    makers.add(maker.child);
    const outcome = await maker.make(order);
    if (outcome.kind === 'ended') await clearTemporaries(runPath(directory, order.id));
    else idle.push(maker);
    if (stopped) return;
    if (outcome.kind === 'ended') {
      failures.push(`${order.id} (${order.label}) ${outcome.how}`);
      return;
    }
    if (outcome.kind === 'found') {
      found++;
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
      if (there.kind === 'whole') found++;
      else await makeOne(order);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(jobs, total) }, work));
  } finally {
    clearInterval(watch);
    for (const { child } of idle) if (child.connected) child.disconnect();
    for (const signal of STOPPING) process.off(signal, stop);
  }
  if (stopped) return false;
  if (failures.length > 0)
    throw new Error(`${failures.length} of ${total} runs failed:\n${failures.join('\n')}`);
  say(`${total} runs: ${made} made, ${found} found`);
  return true;
}
