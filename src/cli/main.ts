import { exitCodeOf } from './commands.ts';

// A reader that stops early, such as `head`, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(`stdout could not be written: ${error.message}\n`);
  process.exit(1);
});

// A command that succeeds may have said by itself how it ended.
const code = await exitCodeOf(process.argv.slice(2));
if (code !== null) process.exitCode = code;
