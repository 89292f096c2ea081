import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Where rows go: a file, or stdout for `-`. */
export interface LineWriter {
  write(line: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens `path` for writing. @throws the file system's error, which names the path. */
export async function openOutput(path: string): Promise<LineWriter> {
  const toStdout = path === '-';
  const stream: Writable = toStdout ? process.stdout : createWriteStream(path);
  if (!toStdout) await once(stream, 'open');
  return {
    async write(line) {
      if (!stream.write(`${line}\n`)) await once(stream, 'drain');
    },
    async close() {
      if (toStdout) return;
      stream.end();
      await once(stream, 'close');
    },
  };
}
