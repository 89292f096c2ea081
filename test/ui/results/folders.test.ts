import { describe, expect, it } from 'vitest';
import { MOST_FILES, takeChosen, takeDropped } from '../../../src/ui/results/folders.ts';

/** A file as a browser gives it of a folder that was chosen. */
function chosen(path: string): File {
  const file = new File(['x'], path.split('/').at(-1)!);
  return Object.defineProperty(file, 'webkitRelativePath', { value: path });
}

interface Tree {
  [name: string]: Tree | null;
}

/** A folder as a browser gives it of a drop: two entries at a time. */
function folder(name: string, tree: Tree, above = ''): FileSystemDirectoryEntry {
  const fullPath = `${above}/${name}`;
  const entries = Object.entries(tree).map(([name, inside]) =>
    inside
      ? folder(name, inside, fullPath)
      : {
          ...{ name, fullPath: `${fullPath}/${name}`, isDirectory: false },
          file: (take: (file: File) => void) => take(new File(['x'], name)),
        },
  );
  return {
    ...{ name, fullPath, isDirectory: true },
    createReader: () => ({
      readEntries: (take: (some: unknown[]) => void) => take(entries.splice(0, 2)),
    }),
  } as unknown as FileSystemDirectoryEntry;
}

const names = ({ sources }: { sources: readonly { name: string }[] }) =>
  sources.map(({ name }) => name);

describe('files of folders', () => {
  const RUNS: Tree = {
    rl: { '100.jsonl': null, '9.jsonl': null, '.cache': { 'x.json': null } },
    base: { '0.jsonl': null, 'curve.png': null, '.DS_Store': null },
    'notes.md': null,
  };

  it('that are dropped are all those that may be results, by their paths, in the order of these', async () => {
    const taken = await takeDropped([new File(['x'], 'mine'), folder('runs', RUNS)]);
    expect(names(taken)).toEqual([
      'mine',
      ...['runs/base/0.jsonl', 'runs/rl/9.jsonl', 'runs/rl/100.jsonl'],
    ]);
    expect(taken.left).toEqual(['runs/base/curve.png', 'runs/notes.md']);
  });

  it('that are chosen are the same', async () => {
    const taken = await takeChosen(
      [
        ...['runs/rl/100.jsonl', 'runs/rl/9.jsonl', 'runs/rl/.cache/x.json', 'runs/.git/a.json'],
        ...['runs/base/0.jsonl', 'runs/base/curve.png'],
      ].map(chosen),
    );
    expect(names(taken)).toEqual(['runs/base/0.jsonl', 'runs/rl/9.jsonl', 'runs/rl/100.jsonl']);
    expect(taken.left).toEqual(['runs/base/curve.png']);
  });

  it('are those of a hidden folder that is given itself, and what cannot be opened is asked for only if it is one', async () => {
    const broken = (name: string) => ({
      ...{ name, fullPath: `/.runs/${name}`, isDirectory: false },
      file: (_: unknown, refuse: (error: Error) => void) => refuse(new Error('gone')),
    });
    const hidden = (...more: object[]): FileSystemDirectoryEntry => {
      const entries = [[...more], [folder('rl', { 'a.csv': null }, '/.runs')]];
      return {
        ...folder('.runs', {}),
        createReader: () => ({
          readEntries: (take: (some: unknown[]) => void) => take(entries.pop() ?? []),
        }),
      } as never;
    };
    const taken = await takeDropped([hidden(broken('link.png'))]);
    expect([names(taken), taken.left]).toEqual([['.runs/rl/a.csv'], ['.runs/link.png']]);
    const failing = await takeDropped([hidden(broken('b.csv'))]);
    expect([names(failing), failing.failed]).toEqual([['.runs/rl/a.csv'], ['.runs/b.csv: gone']]);
  });

  it('that are too many are refused; what cannot be read is named, and the rest taken', async () => {
    const many = Object.fromEntries(
      Array.from({ length: MOST_FILES + 1 }, (_, i) => [`${i}.json`, null]),
    );
    await expect(takeDropped([folder('all', many)])).rejects.toThrow(/more than 600 files/);
    const locked = {
      ...folder('locked', {}),
      createReader: () => ({
        readEntries: (_: unknown, refuse: (error: Error) => void) => refuse(new Error('no right')),
      }),
    };
    const taken = await takeDropped([locked as never, new File(['x'], 'a.csv')]);
    expect([names(taken), taken.failed]).toEqual([['a.csv'], ['locked: no right']]);
  });
});
