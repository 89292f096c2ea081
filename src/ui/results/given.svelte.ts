import type { Asked } from '../../results/choices.ts';
import { free, namesBeside, type NamedFile } from '../../results/names.ts';
import { namesInSets } from '../../results/namesInSets.ts';
import { ResultsError, type Choice, type Measured, type Reading } from '../../results/results.ts';
import { setsOf, type InSet } from '../../results/sets.ts';
import type { Source } from '../../results/source.ts';
import type { Dropped } from '../dropped.ts';
import * as TEXT from '../../messages/results.ts';
import { takeChosen, takeDropped, type Taken } from './folders.ts';
import { firstOf } from './firstOf.ts';
import { JobLine } from './jobLine.ts';

/** Something that was given, and what has been read of it. */
export interface Given {
  id: number;
  source: Source;
  /** What was given at once has the same. */
  drop: number;
  /** As what it is being read, or was last. */
  asked: Asked;
  /** Null until it is read, or where it cannot be. A correction that cannot be read leaves it as it was. */
  reading: Reading | null;
  /** As what that was. */
  readAs: Asked;
  /** The names of its models: those that it has, or what the reader calls them. Equal ones are one model. */
  names: readonly string[];
  /** Whether the reader has called one of them otherwise, or another one as these. */
  isRenamed: boolean;
  /** Whether what is read later leaves the names as they are. */
  isNamed: boolean;
  /** Why it could not be read, and what could be chosen otherwise. */
  problem: string | null;
  offered: { format: string; choices: readonly Choice[] } | null;
}

/** A model of something given: by its place in that, whatever it is called. */
export interface ModelPlace {
  id: number;
  model: number;
}

/** What a reader has given, read in a worker, one after another. */
export class GivenResults {
  list = $state.raw<readonly Given[]>([]);
  /** Which of it is being read, and what share of it has been. */
  reading = $state.raw<{ id: number; share: number } | null>(null);
  /** What of a folder was not taken, or why nothing was. */
  remark = $state('');
  #line = new JobLine();
  #cancels = new Map<number, AbortController>();
  #nextId = 1;
  #drops = 0;
  #onModels: () => void;

  /** @param onModels is told when other models are there, or have other names. */
  constructor(onModels: () => void) {
    this.#onModels = onModels;
  }

  /** Whether something waits to be read, or is. */
  get isReading(): boolean {
    return this.#cancels.size > 0;
  }

  /** Reads what is given beside what is there. @returns all of it as it is then, in its order, without what was cancelled. */
  async add(sources: readonly Source[]): Promise<readonly Given[]> {
    const drop = ++this.#drops;
    const added = sources.map((source) => this.#new(source, drop));
    this.list = [...this.list, ...added];
    await Promise.all(added.map(({ id }) => this.#read(id, {})));
    this.#nameByFolders();
    return this.list.filter(({ id }) => added.some((each) => each.id === id));
  }

  addDropped = (dropped: readonly Dropped[]): Promise<void> => this.#addTaken(takeDropped(dropped));

  addChosen = (files: readonly File[]): Promise<void> => this.#addTaken(takeChosen(files));

  async #addTaken(taken: Promise<Taken>): Promise<void> {
    this.remark = '';
    try {
      const { sources, left, failed } = await taken;
      this.remark = [
        ...failed.map((why) => TEXT.notOpened({ why })),
        ...(left.length > 0
          ? [TEXT.leftOfFolder({ count: left.length, files: firstOf(left) })]
          : []),
        ...(sources.length + left.length + failed.length === 0 ? [TEXT.emptyFolder] : []),
      ].join(' ');
      await this.add(sources);
    } catch (error) {
      this.remark = TEXT.noFolder({ why: (error as Error).message });
    }
  }

  /** Puts models that need no reading beside what is there. @returns its id. */
  put(name: string, models: readonly Measured[], notes: readonly string[] = []): number {
    const reading: Reading = { format: '', models, choices: [], joins: null, notes };
    const given = { ...this.#new({ name, blob: new Blob() }, ++this.#drops), reading };
    this.list = [...this.list, { ...given, names: ownNames(given, reading, this.list) }];
    this.#onModels();
    return given.id;
  }

  /** Reads one of them as something else. */
  async correct(id: number, asked: Asked): Promise<void> {
    await this.#read(id, asked);
    this.#nameByFolders();
  }

  async #read(id: number, asked: Asked): Promise<void> {
    const given = this.list.find((each) => each.id === id);
    if (!given) return;
    this.#cancels.get(id)?.abort(new Error(TEXT.cancelled));
    const cancels = new AbortController();
    this.#cancels.set(id, cancels);
    this.#set(id, { asked });
    try {
      const job = { kind: 'read', source: given.source, asked } as const;
      const reading = await this.#line.ask<'read'>(job, cancels.signal, (share) => {
        this.reading = { id, share };
      });
      this.#take(id, asked, reading);
    } catch (error) {
      if (!cancels.signal.aborted) this.#refuse(id, error as Error);
    } finally {
      if (this.#cancels.get(id) === cancels) this.#cancels.delete(id);
      if (this.reading?.id === id) this.reading = null;
    }
  }

  /** What has the name already is the same model from now on. An empty name is none. */
  rename(places: readonly ModelPlace[], name: string): void {
    const wanted = name.trim();
    if (wanted === '') return;
    this.list = this.list.map((each) => {
      const ours = places.filter(({ id }) => id === each.id).map(({ model }) => model);
      const names = each.names.map((own, i) => (ours.includes(i) ? wanted : own));
      if (!names.includes(wanted)) return each;
      const problem = ours.length > 0 ? null : each.problem;
      return { ...each, names, problem, isRenamed: true, isNamed: true };
    });
    this.#onModels();
  }

  /** Takes it away, and ends its reading. */
  remove(id: number): void {
    this.#cancels.get(id)?.abort(new Error(TEXT.cancelled));
    this.#cancels.delete(id);
    this.list = this.list.filter((each) => each.id !== id);
    this.#onModels();
  }

  /** Ends a reading: what has not been read before is as if it had not been given, else it stays as it was. */
  cancel(id: number): void {
    const given = this.list.find((each) => each.id === id);
    if (!given?.reading) return this.remove(id);
    this.#cancels.get(id)?.abort(new Error(TEXT.cancelled));
    this.#set(id, { asked: given.readAs });
  }

  #new = (source: Source, drop: number): Given => ({
    ...{ id: this.#nextId++, source, drop, asked: {}, reading: null, readAs: {}, names: [] },
    ...{ isRenamed: false, isNamed: false, problem: null, offered: null },
  });

  #set(id: number, change: Partial<Given>): void {
    this.list = this.list.map((each) => (each.id === id ? { ...each, ...change } : each));
  }

  /** Names that the reader has given stay as long as the models are called as before. */
  #take(id: number, asked: Asked, reading: Reading): void {
    const before = this.list.find((each) => each.id === id)!;
    const isAsBefore = namesIn(before.reading) === namesIn(reading);
    const others = this.list.filter((each) => each.id !== id);
    const names = isAsBefore ? before.names : ownNames(before, reading, others);
    const { isRenamed, isNamed } = isAsBefore ? before : { isRenamed: false, isNamed: false };
    const read = { reading, readAs: asked, names, isRenamed, isNamed };
    this.#set(id, { ...read, problem: null, offered: null });
    this.#onModels();
  }

  /**
   * Files of folders are called by these where it takes that to tell their models apart. What has been told apart stays called so, whatever
   * is given next.
   */
  #nameByFolders(): void {
    const isOurs = ({ reading, isNamed }: Given): boolean => reading !== null && !isNamed;
    const ours = this.list.filter(isOurs);
    const others = this.list.filter((each) => !isOurs(each));
    const sets = setsById(this.list);
    const inSet = (given: Given) =>
      fileOf(given).map((file) => ({ ...file, inSet: sets?.get(given.id) ?? null }));
    const labels = namesInSets(ours.flatMap(inSet), others.flatMap(inSet));
    const byId = new Map(ours.map(({ id }, i) => [id, labels[i]!]));
    const named = this.list.map((each) => ({ ...each, names: byId.get(each.id) ?? each.names }));
    const isOther = named.some(({ names }, i) =>
      names.some((name, model) => name !== this.list[i]!.names[model]),
    );
    const isApart = toldApart(named);
    this.list = named.map((each) => ({ ...each, isNamed: each.isNamed || isApart(each) }));
    if (isOther) this.#onModels();
  }

  #refuse(id: number, error: Error): void {
    const { readAs } = this.list.find((each) => each.id === id)!;
    const { format, choices } = error instanceof ResultsError ? error : {};
    const offered = format === undefined ? null : { format, choices: choices ?? [] };
    this.#set(id, { asked: readAs, problem: error.message, offered });
  }
}

/** Whether it is a file that was read, and not made here. */
export const isFile = ({ reading }: Given): boolean => reading !== null && reading.format !== '';

/**
 * By the id of what was read the set of problems that it is of: what is no file is a set by itself, the last ones. Null where all are of one
 * set.
 */
export function setsById(list: readonly Given[]): ReadonlyMap<number, InSet> | null {
  const files = list.filter(isFile);
  const sets = setsOf(
    files.map(({ source, reading }) => ({ file: source.name, models: reading!.models })),
  );
  if (!sets) return null;
  const others = list.filter((given) => given.reading && !isFile(given));
  return new Map([
    ...files.map(({ id }, i): [number, InSet] => [id, sets[i]!]),
    ...others.map(({ id, source }): [number, InSet] => [
      id,
      {
        set: free(source.name, (name) => sets.some(({ set }) => set === name)),
        rest: '',
        isWord: false,
      },
    ]),
  ]);
}

/** Whether a model of something given is called otherwise than it would be alone, or another that would be called the same is. */
function toldApart(list: readonly Given[]): (given: Given) => boolean {
  const called = new Map<string, Set<string>>();
  for (const { reading, names } of list)
    reading?.models.forEach(({ name }, i) =>
      called.set(name, new Set([name, names[i]!, ...(called.get(name) ?? [])])),
    );
  return ({ reading }) => reading?.models.some(({ name }) => called.get(name)!.size > 1) ?? false;
}

/** Those of its models, told apart from those of other files. */
const ownNames = (given: Given, reading: Reading, others: readonly Given[]): string[] =>
  namesBeside({ ...given, file: given.source.name, reading }, others.flatMap(fileOf));
const fileOf = ({ source, drop, reading, names }: Given): NamedFile[] =>
  reading ? [{ file: source.name, drop, reading, names }] : [];

const namesIn = (reading: Reading | null): string | null =>
  reading && JSON.stringify(reading.models.map(({ name }) => name));
