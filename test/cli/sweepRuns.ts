import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { HISTORY } from '../../src/cli/sweep/makeRun.ts';
import { readRun, type RunFile } from '../../src/cli/sweep/runFile.ts';
import type { Outcome } from './inProcess.ts';

export const root = new URL('../../', import.meta.url).pathname;
export const CLI = [process.execPath, '--import', 'tsx', 'src/cli/main.ts'] as const;

/** As little as a run can be and still train, be evaluated and differ from another. */
export const TINY = {
  steps: 2,
  prompts: 2,
  'group-size': 2,
  'eval-problems': 4,
  'eval-samples': 0,
};

/** The command line in a process of its own, as a user has it. */
export async function rlvr(...args: string[]): Promise<Outcome> {
  const [node, ...rest] = CLI;
  try {
    const options = { cwd: root, maxBuffer: 1 << 26 };
    const done = await promisify(execFile)(node, [...rest, ...args], options);
    return { code: 0, ...done };
  } catch (error) {
    const { code, stdout, stderr } = error as Outcome;
    return { code, stdout, stderr };
  }
}

/** The command line in a process group of its own, so that it can be killed with all of its children, or without them. */
export function startRlvr(...args: string[]): { child: ChildProcess; ended: Promise<unknown> } {
  const [node, ...rest] = CLI;
  const child = spawn(node, [...rest, ...args], { cwd: root, detached: true, stdio: 'ignore' });
  return { child, ended: new Promise((resolve) => child.on('close', resolve)) };
}

export async function writeSweep(file: string, sweep: object): Promise<string> {
  await writeFile(
    file,
    JSON.stringify({ format: 'rlvr-sweep', version: 1, name: 'tiny', ...sweep }),
  );
  return file;
}

export const linesOf = (text: string): string[] => text.trim().split('\n').filter(Boolean);

/** What happened to which run, in order. */
export async function historyOf(directory: string): Promise<{ what: string; id: string }[]> {
  const text = await readFile(join(directory, HISTORY), 'utf8').catch(() => '');
  return linesOf(text).map((line) => {
    const [, what, id] = line.split(' ');
    return { what: what!, id: id! };
  });
}

export const begun = (history: { what: string; id: string }[]): string[] =>
  history.filter(({ what }) => what === 'began').map(({ id }) => id);

/** The runs of a directory that are whole, without what differs between two times of making them. */
export async function timelessRuns(
  directory: string,
  ids: readonly string[],
): Promise<Map<string, Omit<RunFile, 'seconds' | 'sha256'>>> {
  const runs = new Map<string, Omit<RunFile, 'seconds' | 'sha256'>>();
  for (const id of ids) {
    const found = await readRun(directory, id);
    if (found.kind !== 'whole') continue;
    const { seconds: _, sha256: __, ...rest } = found.run;
    runs.set(id, { ...rest, rows: rest.rows.map((row) => ({ ...row, step_time: 0 })) });
  }
  return runs;
}

/** What should not be in a directory when nothing is being made in it. */
export async function leftovers(directory: string): Promise<string[]> {
  return (await readdir(directory)).filter((file) => file.endsWith('.tmp'));
}
