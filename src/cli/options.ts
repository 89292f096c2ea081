import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from './flags.ts';

/**
 * The options and positional arguments of a command that has no settings of a run.
 * @throws UsageError for what is not among them, with the command's usage.
 */
export function parseOptions<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
  usage: string,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${usage}`);
  }
}

/** @throws UsageError unless the text is a whole number from 1. */
export function parseJobs(text: string): number {
  const jobs = Number(text);
  if (!Number.isInteger(jobs) || jobs < 1)
    throw new UsageError(`--jobs is '${text}', expected a whole number from 1`);
  return jobs;
}
