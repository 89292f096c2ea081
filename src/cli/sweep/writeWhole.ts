import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a file so that it is there whole or not at all, even if the process or the machine dies meanwhile: under the name
 * `temporary` in the same directory, forced to the disk, then renamed.
 */
export async function writeWhole(
  path: string,
  temporary: string,
  content: string | Uint8Array,
): Promise<void> {
  const handle = await open(temporary, 'w');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, path);
  // The rename is on the disk only with its directory; some systems cannot force a directory.
  const folder = await open(dirname(path), 'r').catch(() => null);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}
