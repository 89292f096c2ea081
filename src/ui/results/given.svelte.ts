import type { Asked } from '../../results/choices.ts';
import { namesBeside, namesOfAll, type NamedFile } from '../../results/names.ts';
import { ResultsError, type Choice, type Measured, type Reading } from '../../results/results.ts';
import type { Source } from '../../results/source.ts';
import type { Dropped } from '../dropped.ts';
import * as TEXT from '../../messages/results.ts';
import { takeChosen, takeDropped, type Taken } from './folders.ts';
import { JobLine } from './jobLine.ts';

/** Something that was given, and what has been read of it. */
export interface Given {
  id: number;
  source: Source;
  /** As what it is being read, or was last. */
  asked: Asked;
  /** Null until it is read, or where it cannot be. A correction that cannot be read leaves it as it was. */
  reading: Reading | null;
  /** As what that was. */
  readAs: Asked;
  /** The names of its models: those that it has, or what the reader calls them. Equal ones are one model. */
  names: readonly string[];
  /** Whether the reader has called one of them otherwise. */
  isRenamed: boolean;
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
    const added = sources.map((source) => this.#new(source));
    this.list = [...this.list, ...added];
    await Promise.all(added.map(({ id }) => this.correct(id, {})));
    return this.list.filter(({ id }) => added.some((each) => each.id === id));
  }

  addDropped = (dropped: readonly Dropped[]): Promise<void> =>
    this.#addTaken(() => takeDropped(dropped));

  addChosen = (files: readonly File[]): Promise<void> => this.#addTaken(() => takeChosen(files));

  async #addTaken(take: () => Taken | Promise<Taken>): Promise<void> {
    this.remark = '';
    try {
      const { sources, left } = await take();
      if (left.length > 0)
        this.remark = TEXT.leftOfFolder({ count: left.length, files: someOf(left) });
      else if (sources.length === 0) this.remark = TEXT.emptyFolder;
      await this.add(sources);
    } catch (error) {
      this.remark = TEXT.noFolder({ why: (error as Error).message });
    }
  }

  /** Puts models that need no reading beside what is there. @returns its id. */
  put(name: string, models: readonly Measured[], notes: readonly string[] = []): number {
    const reading: Reading = { format: '', models, choices: [], joins: false, notes };
    const given = { ...this.#new({ name, blob: new Blob() }), reading };
    this.list = [...this.list, { ...given, names: ownNames(given, reading, this.list) }];
    this.#onModels();
    return given.id;
  }

  /** Reads one of them as something else. */
  async correct(id: number, asked: Asked): Promise<void> {
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

  rename({ id, model }: ModelPlace, name: string): void {
    const given = this.list.find((each) => each.id === id)!;
    const names = given.names.map((each, i) => (i === model ? name.trim() || each : each));
    this.#set(id, { names, isRenamed: true, problem: null });
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

  #new = (source: Source): Given => ({
    ...{ id: this.#nextId++, source, asked: {}, reading: null, readAs: {}, names: [] },
    ...{ isRenamed: false, problem: null, offered: null },
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
    const isRenamed = isAsBefore && before.isRenamed;
    this.#set(id, { reading, readAs: asked, names, isRenamed, problem: null, offered: null });
    this.#nameByFolders();
    this.#onModels();
  }

  /** Files of folders are called by these where it takes that to tell their models apart. */
  #nameByFolders(): void {
    const isOurs = ({ source, isRenamed }: Given): boolean =>
      source.name.includes('/') && !isRenamed;
    const ours = this.list.filter((each) => each.reading && isOurs(each));
    const others = this.list.filter((each) => !isOurs(each));
    const names = namesOfAll(ours.flatMap(read), others.flatMap(read));
    ours.forEach(({ id }, i) => this.#set(id, { names: names[i]! }));
  }

  #refuse(id: number, error: Error): void {
    const { readAs } = this.list.find((each) => each.id === id)!;
    const { format, choices } = error instanceof ResultsError ? error : {};
    const offered = format === undefined ? null : { format, choices: choices ?? [] };
    this.#set(id, { asked: readAs, problem: error.message, offered });
  }
}

/** The first of them. */
const someOf = (files: readonly string[]): string =>
  files.slice(0, 3).join(', ') + (files.length > 3 ? ', …' : '');

/** Those of its models, told apart from those of other files. */
const ownNames = (given: Given, reading: Reading, others: readonly Given[]): string[] =>
  namesBeside({ file: given.source.name, reading }, others.flatMap(read));
const read = ({ source, reading, names }: Given): NamedFile[] =>
  reading ? [{ file: source.name, reading, names }] : [];

const namesIn = (reading: Reading | null): string | null =>
  reading && JSON.stringify(reading.models.map(({ name }) => name));
