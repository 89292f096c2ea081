import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/**
 * The Chromium that tests drive, chosen in this order:
 *
 * 1. `CHROME_PATH` or `CHROMIUM_PATH`, if set;
 * 2. on Linux the build inside the npm package @sparticuz/chromium (unpacked to the temporary folder): the same on every
 *    machine, and a shell without windows, which opens a page three times as fast as an installed browser;
 * 3. an installed one: the usual names on `PATH`, then /usr/bin, then macOS's applications.
 *
 * `RLVR_CHROMIUM=installed` goes straight to the third, and so does another renderer than that of all tests (`RLVR_GL`),
 * which only the system has. Tests only need WebGL 2 in software, which all of them have.
 *
 * @throws Error if there is none.
 */
export async function chromiumPath(): Promise<string> {
  const { CHROME_PATH, CHROMIUM_PATH, RLVR_CHROMIUM, RLVR_GL } = process.env;
  const named = CHROME_PATH ?? CHROMIUM_PATH;
  if (named) return named;
  const canBeBundled = process.platform === 'linux' && process.arch === 'x64';
  if (canBeBundled && RLVR_CHROMIUM !== 'installed' && !RLVR_GL) return bundledChromium();
  const found = candidates().find(isExecutable);
  if (!found) throw new Error('no Chromium was found: set CHROME_PATH to one');
  return found;
}

/**
 * Unpacks the bundled build. It wants the libraries of NSS from the system; where they are missing, the package's own
 * copies of them are unpacked too and put on the library path of this process and so of the browser.
 */
async function bundledChromium(): Promise<string> {
  const { default: bundled } = await import('@sparticuz/chromium');
  const path = await bundled.executablePath();
  if (!starts(path)) {
    const archive = new URL(
      '../node_modules/@sparticuz/chromium/bin/al2023.tar.br',
      import.meta.url,
    );
    const folder = join(tmpdir(), 'al2023');
    mkdirSync(folder, { recursive: true });
    execFileSync('tar', ['-x', '-C', folder], {
      input: brotliDecompressSync(readFileSync(archive)),
    });
    process.env.LD_LIBRARY_PATH = join(folder, 'lib');
  }
  return path;
}

function starts(path: string): boolean {
  return spawnSync(path, ['--version', '--no-sandbox'], { timeout: 20_000 }).status === 0;
}

/** What WebGL is computed by, in software both. */
const RENDERERS = {
  swiftshader: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  /** Mesa, where it is installed: on Debian, libgl1-mesa-dri and libegl1. */
  llvmpipe: ['--use-gl=angle', '--use-angle=gl-egl'],
};

/** `RLVR_GL` names one of {@link RENDERERS}. @throws RangeError if it names another. */
function rendererArguments(): string[] {
  const name = process.env.RLVR_GL ?? 'swiftshader';
  if (!(name in RENDERERS))
    throw new RangeError(`RLVR_GL: ${Object.keys(RENDERERS).join(' or ')}, got ${name}`);
  return RENDERERS[name as keyof typeof RENDERERS];
}

/** No traffic of the browser's own, and WebGL by whatever computes it. */
export const commonArguments: readonly string[] = [
  '--ignore-gpu-blocklist',
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** With software WebGL, wherever the tests run. */
export const chromiumArguments: string[] = [...rendererArguments(), ...commonArguments];

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

function candidates(): string[] {
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), '/usr/bin'];
  return [
    ...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ];
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
