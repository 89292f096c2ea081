import type { Source } from '../../results/source.ts';
import type { Dropped } from '../dropped.ts';
import * as TEXT from '../../messages/results.ts';

/** What is read of what was given. */
export interface Taken {
  /** Called by their paths in the folder that was given, or by their names. */
  sources: readonly Source[];
  /** The paths of what else is in folders: by its name it is no results. */
  left: readonly string[];
  /** What the browser does not let be read, and why. */
  failed: readonly string[];
}

/** A folder with more files of results may not be the one that was meant. */
export const MOST_FILES = 600;
const RESULTS = /\.(?:jsonl?|ndjson|csv|tsv|txt|parquet|eval)$/i;
/** What harnesses write beside samples: means, and settings. */
const BESIDE = /^(?:results_\d{4}-.*|(?:.*[-_])?(?:metrics|config|args|hparams|summary))\.json$/i;

/** A file of a folder, or one by itself. */
interface Found {
  path: string;
  open: () => File | Promise<File>;
}

/** @throws Error for a folder that has too many files */
export async function takeDropped(dropped: readonly Dropped[]): Promise<Taken> {
  const [found, failed]: [Found[], string[]] = [[], []];
  for (const each of dropped)
    if (each instanceof File) found.push({ path: each.name, open: () => each });
    else await walk(each, found, failed);
  return takenOf(found, failed);
}

/** @throws Error for a folder that has too many files */
export const takeChosen = (files: readonly File[]): Promise<Taken> =>
  takenOf(
    files.map((file) => ({ path: file.webkitRelativePath || file.name, open: () => file })),
    [],
  );

async function walk(
  folder: FileSystemDirectoryEntry,
  into: Found[],
  failed: string[],
): Promise<void> {
  const reader = folder.createReader();
  for (;;) {
    // A browser gives a part of them at a time, and none at the end.
    const some = await asked<FileSystemEntry[]>((...told) => reader.readEntries(...told)).catch(
      (error: Error) => {
        failed.push(`${pathOf(folder)}: ${error.message}`);
        return [];
      },
    );
    if (some.length === 0) return;
    for (const each of some) {
      const path = pathOf(each);
      if (isHidden(path)) continue;
      if (each.isDirectory) await walk(each as FileSystemDirectoryEntry, into, failed);
      else {
        const file = each as FileSystemFileEntry;
        into.push({ path, open: () => asked<File>((...told) => file.file(...told)) });
      }
    }
    refuseTooMany(into);
  }
}

const pathOf = ({ fullPath }: FileSystemEntry): string => fullPath.slice(1);
const asked = <T>(
  ask: (take: (value: T) => void, refuse: (error: Error) => void) => void,
): Promise<T> => new Promise((resolve, reject) => ask(resolve, reject));

const isInFolder = ({ path }: Found): boolean => path.includes('/');
const isResults = ({ path }: Found): boolean =>
  RESULTS.test(path) && !BESIDE.test(path.slice(path.lastIndexOf('/') + 1));
/** Whether something in a folder is hidden. A folder that is given itself is meant. */
const isHidden = (path: string): boolean =>
  path
    .split('/')
    .slice(1)
    .some((part) => part.startsWith('.'));

function refuseTooMany(found: readonly Found[]): void {
  if (found.filter((file) => isInFolder(file) && isResults(file)).length > MOST_FILES)
    throw new Error(TEXT.tooManyFiles({ most: MOST_FILES }));
}

/** Files of folders in the order of their paths, with 9 before 10, behind the others; each browser has another. */
async function takenOf(files: readonly Found[], failed: string[]): Promise<Taken> {
  const inFolders = files
    .filter((file) => isInFolder(file) && !isHidden(file.path))
    .sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }));
  refuseTooMany(inFolders);
  const results = [...files.filter((file) => !isInFolder(file)), ...inFolders.filter(isResults)];
  const sources: Source[] = [];
  for (const { path, open } of results)
    try {
      sources.push({ name: path, blob: await open() });
    } catch (error) {
      failed.push(`${path}: ${(error as Error).message}`);
    }
  const left = inFolders.filter((file) => !isResults(file)).map(({ path }) => path);
  return { sources, left, failed };
}
