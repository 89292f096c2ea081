import { open } from 'node:fs/promises';

/** Where rows go: a file, or stdout for `-`. */
export interface LineWriter {
  /** @throws Error naming the file and why it cannot be written, such as a full disk; what was written before stays. */
  write(line: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens `path` for writing. @throws the file system's error, which names the path. */
export async function openOutput(path: string): Promise<LineWriter> {
  if (path === '-')
    return {
      // What fails here is told by main.ts.
      write: (line) => new Promise((resolve) => process.stdout.write(`${line}\n`, () => resolve())),
      close: async () => undefined,
    };
  const file = await open(path, 'w');
  return {
    write: (line) =>
      file.appendFile(`${line}\n`).catch((error: Error) => {
        throw new Error(`${path} could not be written: ${error.message}`, { cause: error });
      }),
    close: () => file.close(),
  };
}
