import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { BaseEntry } from '../../run/bases.ts';
import { taskName, type RunSettings } from '../../run/settings.ts';
import type { Versions } from '../../run/studies/recorded.ts';
import { BASES_DIRECTORY } from '../base.ts';
import { engineKind } from '../engine.ts';
import { CLI_SETTINGS } from '../flags.ts';

const SOURCE = new URL('../../', import.meta.url);

/** What decides the numbers of a run without a GPU, apart from its settings and its base. */
const DECIDING =
  /^(core|tasks|policy|rl|evaluation|experiments)\/|^run\/(settings\/\w+|bases|definitions|start|trainSettings)\.ts$|^cli\/base\.ts$/;
/** Of the kernels, what they are compiled to decides. */
const UNUSED = /^policy\/(webgl|wasm\/kernels)\//;

const digestOf = (parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

/** The code and the shipped policies as they are now. */
export interface Code {
  project: string;
  node: string;
  policies: { name: string; task: string; sha256: string }[];
}

/** The source files that decide the numbers of a run, each with its path in `src/`. */
export async function decidingSources(): Promise<{ file: string; text: string }[]> {
  const listed = await readdir(SOURCE, { recursive: true });
  const files = listed
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.ts$/.test(file) && DECIDING.test(file) && !UNUSED.test(file))
    .sort();
  return Promise.all(
    files.map(async (file) => ({ file, text: await readFile(new URL(file, SOURCE), 'utf8') })),
  );
}

/** A hash of what the sources compute, whatever their comments, types and tooltips say. */
export async function sourceDigest(
  sources: readonly { file: string; text: string }[],
): Promise<string> {
  // It takes the compiler, which those who only make a run do without.
  const { decisiveTokens } = await import('./decisive.ts');
  return digestOf(
    sources.flatMap(({ file, text }) => {
      const tokens = decisiveTokens(text);
      return tokens === '' ? [] : [file, '\n', tokens, '\n'];
    }),
  );
}

let code: Promise<Code> | null = null;

/**
 * Reads what the runs of a sweep are made by, once a process: what it has loaded does not change while it runs. A change of
 * what the deciding source files compute changes `project`, so that no run of older code is taken for one of the present code.
 */
export const readCode = (): Promise<Code> => (code ??= read());

async function read(): Promise<Code> {
  const source = await sourceDigest(await decidingSources());
  const manifest = await readFile(new URL('../package.json', SOURCE), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const entries = (await readdir(BASES_DIRECTORY)).filter((file) => file.endsWith('.json')).sort();
  return {
    project: `${version}+${source.slice(0, 12)}`,
    node: process.version,
    policies: await Promise.all(
      entries.map(async (file) => {
        const text = await readFile(new URL(file, BASES_DIRECTORY), 'utf8');
        const { task, sha256 } = JSON.parse(text) as BaseEntry;
        return { name: file.replace(/\.json$/, ''), task, sha256: sha256.slice(0, 12) };
      }),
    ),
  };
}

/** What made a run: of the shipped policies, those of its task, since it may start from one and learn from another. */
export function versionsOf({ project, node, policies }: Code, settings: RunSettings): Versions {
  const own = policies.filter(({ task }) => task === taskName(settings));
  return {
    project,
    node,
    bases: Object.fromEntries(own.map(({ name, sha256 }) => [name, sha256])),
  };
}

/** The settings that mean something without a page, all of them, by key in the order of the table. */
export function resolvedSettings(settings: RunSettings): Partial<RunSettings> {
  const resolved = { ...settings, engine: engineKind(settings) };
  return Object.fromEntries(CLI_SETTINGS.map(({ key }) => [key, resolved[key]]));
}

/**
 * The name of a run: 16 hexadecimal digits of a hash of all of its settings and of what makes it. The version of Node is left
 * out: hosts that share a sweep need not have the same.
 */
export function runId(settings: RunSettings, { project, bases }: Versions): string {
  const sorted = Object.entries(resolvedSettings(settings)).sort(([a], [b]) => (a < b ? -1 : 1));
  return digestOf([JSON.stringify({ version: 1, settings: sorted, project, bases })]).slice(0, 16);
}
