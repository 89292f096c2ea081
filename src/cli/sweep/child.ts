import { FOUND, HELD, makeRun, type Order } from './makeRun.ts';

// Only as a process of its own: `node child.ts DIRECTORY ORDER PARENT`.
const [, , directory, order, parent] = process.argv;
const { kind } = await makeRun(directory!, JSON.parse(order!) as Order, Number(parent));
process.exitCode = { made: 0, found: FOUND, held: HELD }[kind];
