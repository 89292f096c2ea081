// Runs beside the training, which may keep the main thread busy for minutes: touches the lock so that other hosts see that
// its holder lives, and ends the process when the sweep that started it is gone.
import { utimesSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

const { lock, parent, everyMs } = workerData;
let touched = Date.now();

setInterval(() => {
  if (parent !== null && process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  if (Date.now() - touched < everyMs) return;
  touched = Date.now();
  try {
    utimesSync(lock, new Date(), new Date());
  } catch {
    // It was released between two beats.
  }
}, 250);
