import { spawn } from 'node:child_process';

/** A screen in memory: Firefox has no WebGL without one. */
export interface Display {
  /** What DISPLAY has to be. */
  name: string;
  close(): void;
}

/** Null where there is no Xvfb: `apt-get install xvfb` on Debian brings it. */
export function openDisplay(): Promise<Display | null> {
  return new Promise((resolve) => {
    // It finds a free number and writes it to its standard output when it is ready.
    const server = spawn(
      'Xvfb',
      ['-displayfd', '1', '-screen', '0', '800x600x24', '-nolisten', 'tcp'],
      {
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    server.on('error', () => resolve(null));
    server.on('exit', () => resolve(null));
    server.stdout.once('data', (number: Buffer) =>
      resolve({ name: `:${number.toString().trim()}`, close: () => server.kill() }),
    );
  });
}
