import { idleChanges } from '../run/idleChanges.ts';
import { SETTINGS, type RunSettings, type Setting } from '../run/settings.ts';
import { CLI_SETTINGS, describeFlags, parseFlags, UsageError, type PlainFlag } from './flags.ts';
import { PASSK_USAGE, runPassk } from './passk.ts';
import { POSTER_USAGE, runPosters } from './poster.ts';
import { PRETRAIN_FLAGS, PRETRAIN_SETTINGS, runPretrain } from './pretrain.ts';
import { RECORD_FLAGS, runRecord } from './record.ts';
import { runStudy, STUDY_USAGE } from './study.ts';
import { runSweep, SWEEP_USAGE } from './sweep.ts';
import { runTrace, TRACE_FLAGS } from './trace.ts';
import { runTrain, TRAIN_FLAGS } from './train.ts';

interface Command {
  help: string;
  usage: string;
  run(args: readonly string[]): Promise<void>;
}

/** A command on the settings of one run. */
function onSettings(
  help: string,
  settings: readonly Setting[],
  plain: readonly PlainFlag[],
  run: (settings: RunSettings, plain: Record<string, string>) => Promise<void>,
): Command {
  return {
    help,
    usage: describeFlags(settings, plain),
    async run(args) {
      const parsed = parseFlags(args, settings, plain);
      await run(parsed.settings, parsed.plain);
    },
  };
}

/** A command that makes a run, or a part of one; what is asked for in vain is said. */
const onRun = (
  help: string,
  plain: readonly PlainFlag[],
  run: Parameters<typeof onSettings>[3],
): Command =>
  onSettings(help, CLI_SETTINGS, plain, async (settings, plainFlags) => {
    for (const { key, why } of idleChanges(settings))
      process.stderr.write(
        `--${SETTINGS.find((setting) => setting.key === key)!.flag} changes nothing: ${why}\n`,
      );
    await run(settings, plainFlags);
  });

/** By name; not an object, which has names of its own. */
const COMMANDS: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    train: onRun('train a policy and write one JSON object per step', TRAIN_FLAGS, runTrain),
    trace: onRun(
      'write one whole step so that it can be recomputed elsewhere',
      TRACE_FLAGS,
      runTrace,
    ),
    record: onRun('record the run that the page shows before a live one', RECORD_FLAGS, runRecord),
    poster: {
      help: 'train presets, and keep what the posters of an embed show',
      usage: POSTER_USAGE,
      run: runPosters,
    },
    pretrain: onSettings(
      'make a base policy, with a file that says how it was made',
      PRETRAIN_SETTINGS,
      PRETRAIN_FLAGS,
      runPretrain,
    ),
    sweep: {
      help: 'make a grid of runs in parallel processes, resumable, in shards',
      usage: SWEEP_USAGE,
      run: runSweep,
    },
    study: {
      help: 'make recorded studies and fill in the tables of the documents',
      usage: STUDY_USAGE,
      run: runStudy,
    },
    passk: {
      help: 'tell pass@k of measured models from files of results',
      usage: PASSK_USAGE,
      run: runPassk,
    },
  }),
);

function usage(): string {
  const lines = [...COMMANDS].map(([name, { help }]) => `  ${name.padEnd(10)} ${help}`);
  return `usage: npm run -s rlvr -- COMMAND [--flag value …]\n\n${lines.join('\n')}\n\nCOMMAND --help lists its flags.`;
}

/** @throws UsageError for a command line that cannot be taken, or what the command throws. */
async function runCommand([name, ...rest]: readonly string[]): Promise<void> {
  if (name === undefined || name === '--help' || name === 'help') {
    console.log(usage());
    return;
  }
  const command = COMMANDS.get(name);
  if (!command) throw new UsageError(`unknown command '${name}'\n${usage()}`);
  if (rest.includes('--help')) console.log(`${name}: ${command.help}\n\n${command.usage}`);
  else await command.run(rest);
}

/** Runs a command; gives the exit code of one that fails, with what was wrong on stderr. */
export async function exitCodeOf(args: readonly string[]): Promise<1 | 2 | null> {
  try {
    await runCommand(args);
    return null;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}
