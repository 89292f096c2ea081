import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { startOf } from './processes.ts';

/** Who makes a run. */
export interface Holder {
  pid: number;
  host: string;
  /** Of the process, see `startOf`. */
  started: string;
}

export interface Claim {
  /** The lock file, whose modification time is the holder's heartbeat. */
  lock: string;
  release(): Promise<void>;
}

export const HEARTBEAT_MS = 5_000;
/** A holder on another host that has not touched its lock for so long is taken for dead; 24 beats, for a slow network. */
const STALE_MS = 120_000;

const locksIn = (directory: string): string => join(directory, 'locks');
const lockPath = (directory: string, id: string, generation: number): string =>
  join(locksIn(directory), `${id}.${generation}`);

/** The generations of locks on a run, ascending. */
async function generationsOf(directory: string, id: string): Promise<number[]> {
  const files = await readdir(locksIn(directory)).catch(() => []);
  return files
    .filter((file) => file.startsWith(`${id}.`))
    .map((file) => Number(file.slice(id.length + 1)))
    .sort((a, b) => a - b);
}

/** Who holds a lock, or null if it is stale: its process is gone or, where that cannot be seen, has long been silent. */
async function livingHolder(path: string): Promise<Holder | null> {
  let text: string;
  let silentMs: number;
  try {
    text = await readFile(path, 'utf8');
    silentMs = Date.now() - (await stat(path)).mtimeMs;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  let holder: Holder;
  try {
    holder = JSON.parse(text) as Holder;
  } catch {
    // Made, but not yet written; or its maker died just then.
    return silentMs < STALE_MS / 10 ? { pid: 0, host: 'unknown', started: '' } : null;
  }
  const silent = silentMs >= STALE_MS ? null : holder;
  if (holder.host !== hostname()) return silent;
  const started = await startOf(holder.pid);
  if (started === '') return silent;
  return started === holder.started ? holder : null;
}

/** Who makes the run at present, or null. */
export async function holderOf(directory: string, id: string): Promise<Holder | null> {
  const last = (await generationsOf(directory, id)).at(-1);
  return last === undefined ? null : livingHolder(lockPath(directory, id, last));
}

/** Removes the locks of a run up to a generation, the last one last, so that it holds until the others are gone. */
async function removeLocks(directory: string, id: string, last: number): Promise<void> {
  for (const generation of await generationsOf(directory, id))
    if (generation <= last) await rm(lockPath(directory, id, generation), { force: true });
}

/**
 * Claims a run for this process, or tells who holds it. A lock is made exclusively (`wx`). A stale one is never removed to make
 * room, since two that find it stale could each remove the other's new one; it is followed by a lock of the next
 * generation, which only one can make. The claim counts if then its predecessor is still there and no later one is:
 * otherwise another claim came and went, and all is looked at again.
 */
export async function claim(directory: string, id: string): Promise<Claim | Holder> {
  await mkdir(locksIn(directory), { recursive: true });
  const mine: Holder = {
    pid: process.pid,
    host: hostname(),
    started: (await startOf(process.pid)) ?? '',
  };
  for (;;) {
    const before = (await generationsOf(directory, id)).at(-1);
    const holder =
      before === undefined ? null : await livingHolder(lockPath(directory, id, before));
    if (holder) return holder;
    const generation = (before ?? -1) + 1;
    const lock = lockPath(directory, id, generation);
    try {
      const handle = await open(lock, 'wx');
      await handle.writeFile(JSON.stringify(mine));
      await handle.close();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw error;
    }
    const after = await generationsOf(directory, id);
    const follows = before === undefined ? after[0] === generation : after.includes(before);
    if (follows && after.at(-1) === generation)
      return { lock, release: () => removeLocks(directory, id, generation) };
    await rm(lock, { force: true });
  }
}

export const isClaim = (outcome: Claim | Holder): outcome is Claim => 'release' in outcome;

/** Removes the locks of a finished run, which nobody claims any more, unless their holder lives and is about to. */
export async function removeStaleLocks(directory: string, id: string): Promise<void> {
  const last = (await generationsOf(directory, id)).at(-1);
  if (last !== undefined && !(await livingHolder(lockPath(directory, id, last))))
    await removeLocks(directory, id, last);
}

/** Removes the locks that a process of this host left on a run when it ended. */
export async function releaseFor(directory: string, id: string, pid: number): Promise<void> {
  const last = (await generationsOf(directory, id)).at(-1);
  if (last === undefined) return;
  const text = await readFile(lockPath(directory, id, last), 'utf8').catch(() => '{}');
  const { pid: holder, host } = JSON.parse(text || '{}') as Partial<Holder>;
  if (holder === pid && host === hostname()) await removeLocks(directory, id, last);
}
