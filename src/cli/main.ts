import type { Setting } from '../run/settings.ts';
import { CLI_SETTINGS, describeFlags, parseFlags, UsageError, type PlainFlag } from './flags.ts';
import { runStudy, STUDY_USAGE } from './study.ts';
import { runSweep, SWEEP_USAGE } from './sweep.ts';
import { PRETRAIN_FLAGS, PRETRAIN_SETTINGS, runPretrain } from './pretrain.ts';
import { RECORD_FLAGS, runRecord } from './record.ts';
import { runTexts, TEXTS_USAGE } from './texts.ts';
import { runTrain, TRAIN_FLAGS } from './train.ts';
import { runTrace, TRACE_FLAGS } from './trace.ts';
import type { RunSettings } from '../run/settings.ts';

interface Command {
  help: string;
  settings: readonly Setting[];
  plain: readonly PlainFlag[];
  run(settings: RunSettings, plain: Record<string, string>): Promise<void>;
}

/** A command whose arguments are not settings of one run. */
interface OwnCommand {
  help: string;
  usage: string;
  run(args: readonly string[]): Promise<void>;
}

const OWN_COMMANDS: Record<string, OwnCommand> = {
  sweep: {
    help: 'make a grid of runs in parallel processes, resumable, in shards',
    usage: SWEEP_USAGE,
    run: runSweep,
  },
  study: {
    help: 'make recorded studies, and the tables of the README that they fill',
    usage: STUDY_USAGE,
    run: runStudy,
  },
  texts: {
    help: 'write the texts of the page for a translator, or check a translation',
    usage: TEXTS_USAGE,
    run: runTexts,
  },
};

const COMMANDS: Record<string, Command> = {
  train: {
    help: 'train a policy and write one JSON object a step',
    settings: CLI_SETTINGS,
    plain: TRAIN_FLAGS,
    run: runTrain,
  },
  trace: {
    help: 'write one whole update so that it can be recomputed elsewhere',
    settings: CLI_SETTINGS,
    plain: TRACE_FLAGS,
    run: runTrace,
  },
  record: {
    help: 'record the run that the page shows before its own',
    settings: CLI_SETTINGS,
    plain: RECORD_FLAGS,
    run: runRecord,
  },
  pretrain: {
    help: 'make a base policy, with a file on how it was made',
    settings: PRETRAIN_SETTINGS,
    plain: PRETRAIN_FLAGS,
    run: runPretrain,
  },
};

function usage(): string {
  const lines = Object.entries({ ...COMMANDS, ...OWN_COMMANDS }).map(
    ([name, { help }]) => `  ${name.padEnd(10)} ${help}`,
  );
  return `usage: npm run -s rlvr -- COMMAND [--flag value …]\n\n${lines.join('\n')}\n\nCOMMAND --help lists its flags.`;
}

async function main(args: readonly string[]): Promise<void> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === 'help') {
    console.log(usage());
    return;
  }
  const own = OWN_COMMANDS[name];
  if (own) {
    if (rest.includes('--help')) console.log(`${name}: ${own.help}\n\n${own.usage}`);
    else await own.run(rest);
    return;
  }
  const command = COMMANDS[name];
  if (!command) throw new UsageError(`unknown command '${name}'\n${usage()}`);
  if (rest.includes('--help')) {
    console.log(`${name}: ${command.help}\n\n${describeFlags(command.settings, command.plain)}`);
    return;
  }
  const { settings, plain } = parseFlags(rest, command.settings, command.plain);
  await command.run(settings, plain);
}

// A reader that stops early, such as `head`, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
