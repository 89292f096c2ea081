import { makeRun, type Order } from './makeRun.ts';

// Only as a process of its own: `node child.ts DIRECTORY`. It makes the runs that it is sent, one at a time.
const [, , directory] = process.argv;
process.on('disconnect', () => process.exit());
process.on('message', (order) => {
  // What fails ends this process, with its reason on stderr.
  void makeRun(directory!, order as Order).then(({ kind }) => process.send!(kind));
});
