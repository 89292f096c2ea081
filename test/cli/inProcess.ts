import { vi } from 'vitest';
import { exitCodeOf } from '../../src/cli/commands.ts';

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** What is written to the two streams while `act` is under way; one at a time. */
export async function captured(act: () => Promise<unknown>): Promise<Omit<Outcome, 'code'>> {
  const said = { stdout: '', stderr: '' };
  const into = (stream: 'stdout' | 'stderr') => (text: unknown, written?: unknown) => {
    said[stream] += String(text);
    if (typeof written === 'function') written();
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(into('stdout')),
    vi.spyOn(process.stderr, 'write').mockImplementation(into('stderr')),
    vi.spyOn(console, 'log').mockImplementation((text) => void into('stdout')(`${text}\n`)),
  ];
  try {
    await act();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return said;
}

/** The command line in this process, which costs no start of another one. */
export async function cli(...args: string[]): Promise<Outcome> {
  const before = process.exitCode;
  let code: number | null = null;
  try {
    process.exitCode = 0;
    const said = await captured(async () => (code = await exitCodeOf(args)));
    return { code: code ?? Number(process.exitCode), ...said };
  } finally {
    process.exitCode = before;
  }
}
