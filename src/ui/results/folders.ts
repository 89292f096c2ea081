import type { Source } from '../../results/source.ts';
import type { Dropped } from '../dropped.ts';
import * as TEXT from '../../messages/results.ts';

/** What is read of what was given. */
export interface Taken {
  /** Called by their paths in the folder that was given, or by their names. */
  sources: readonly Source[];
  /** The paths of what else is in folders: by its ending it is no results. */
  left: readonly string[];
}

/** A folder with more files of results may not be the one that was meant. */
export const MOST_FILES = 200;
const RESULTS = /\.(?:jsonl?|ndjson|csv|tsv|txt|parquet|eval)$/i;

/** @throws Error for a folder that the browser does not let be read, or that has too many files */
export async function takeDropped(dropped: readonly Dropped[]): Promise<Taken> {
  const sources: Source[] = [];
  for (const each of dropped)
    if (each instanceof File) sources.push(sourceOf(each));
    else await walk(each, sources);
  return takenOf(sources);
}

/** @throws Error for a folder that has too many files */
export const takeChosen = (files: readonly File[]): Taken => takenOf(files.map(sourceOf));

const sourceOf = (file: File): Source => ({
  name: file.webkitRelativePath || file.name,
  blob: file,
});

async function walk(folder: FileSystemDirectoryEntry, into: Source[]): Promise<void> {
  const reader = folder.createReader();
  for (;;) {
    // A browser gives a part of them at a time, and none at the end.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return;
    for (const each of some) {
      if (isHidden(each.name)) continue;
      if (each.isDirectory) await walk(each as FileSystemDirectoryEntry, into);
      else
        into.push({
          name: each.fullPath.slice(1),
          blob: await new Promise<File>((resolve, reject) =>
            (each as FileSystemFileEntry).file(resolve, reject),
          ),
        });
    }
  }
}

const isHidden = (part: string): boolean => part.startsWith('.');

/** Files of folders in the order of their paths, with 9 before 10, behind the others; each browser has another. */
function takenOf(files: readonly Source[]): Taken {
  const isInFolder = ({ name }: Source): boolean => name.includes('/');
  const isResults = ({ name }: Source): boolean => RESULTS.test(name);
  const inFolders = files
    .filter((file) => isInFolder(file) && !file.name.split('/').some(isHidden))
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  const results = inFolders.filter(isResults);
  if (results.length > MOST_FILES)
    throw new Error(TEXT.tooManyFiles({ count: results.length, most: MOST_FILES }));
  return {
    sources: [...files.filter((file) => !isInFolder(file)), ...results],
    left: inFolders.filter((file) => !isResults(file)).map(({ name }) => name),
  };
}
