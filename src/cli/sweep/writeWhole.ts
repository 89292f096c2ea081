import { randomUUID } from 'node:crypto';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const temporaryStart = (path: string): string => `.${basename(path)}.`;

/**
 * Writes a file so that it is there whole or not at all, even if the process or the machine dies meanwhile: under another
 * name in the same directory, forced to the disk, then renamed. Of several that write it at a time, the last one's stays.
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const directory = dirname(path);
  for (let isThere = false; !isThere;) {
    const temporary = join(directory, `${temporaryStart(path)}${randomUUID()}.tmp`);
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    isThere = await rename(temporary, path).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        // Another process has cleared it away: it is written anew.
        if (error.code === 'ENOENT') return false;
        throw error;
      },
    );
  }
  await clearTemporaries(path);
  // The rename is on the disk only with its directory; some systems cannot force a directory.
  const folder = await open(directory, 'r').catch(() => null);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

/** Removes what processes that died while they wrote the file left behind. One that lives writes its own anew. */
export async function clearTemporaries(path: string): Promise<void> {
  const files = await readdir(dirname(path));
  const left = files.filter(
    (file) => file.startsWith(temporaryStart(path)) && file.endsWith('.tmp'),
  );
  await Promise.all(left.map((file) => rm(join(dirname(path), file), { force: true })));
}
