import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['firefox-esr', 'firefox'];

/**
 * The Firefox that journeys drive: `FIREFOX_PATH`, if set; else an installed one, by the usual names on `PATH`, then in
 * /usr/bin, then among macOS's applications. Null if there is none: `apt-get install firefox-esr` on Debian brings one.
 */
export function firefoxPath(): string | null {
  if (process.env.FIREFOX_PATH) return process.env.FIREFOX_PATH;
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), '/usr/bin'];
  const candidates = [
    ...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))),
    '/Applications/Firefox.app/Contents/MacOS/firefox',
  ];
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
