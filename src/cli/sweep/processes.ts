import { readFile } from 'node:fs/promises';
import { env } from 'node:process';

/** The place of the start time in /proc/<pid>/stat, counted from the state, which follows the name in parentheses. */
const START_TIME = 19;

/**
 * When a process of this host started, in the kernel's ticks, so that a later process with the same id is not taken for it;
 * '' where the system does not tell, null if there is no such process or it has ended and only waits to be buried.
 */
export async function startOf(pid: number): Promise<string | null> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Another user's process may not be signalled, but it is there.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return null;
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (stat === null) return '';
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? null : fields[START_TIME]!;
}

/**
 * The process that this one should not outlive: npm, which ends at a signal without handing it on; null where a shell
 * or a job runner started this one itself.
 */
export const npmAbove = (): number | null =>
  env['npm_lifecycle_event'] === undefined ? null : process.ppid;
