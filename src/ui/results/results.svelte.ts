import { resamplesFor, SEED, type Analysis } from '../../results/analysis.ts';
import type { Asked } from '../../results/jobs.ts';
import { joinSame } from '../../results/join.ts';
import { baseAmong, namesBeside } from '../../results/names.ts';
import type { Measured, Reading } from '../../results/results.ts';
import type { Source } from '../../results/source.ts';
import * as TEXT from '../../messages/results.ts';
import { JobLine } from './jobLine.ts';

/** Something that was given, and what has been read of it. */
export interface Given {
  id: number;
  source: Source;
  asked: Asked;
  /** Null until it is read, or where it cannot be. A correction that cannot be read leaves it as it was. */
  reading: Reading | null;
  /** The names of its models: those that it has, or what the reader calls them. Equal ones are one model. */
  names: readonly string[];
  problem: string | null;
}

/** What is being done, and what share of it is: of a source by its id, or of the analysis. */
export interface Doing {
  of: number | 'analysis';
  share: number;
}

/** What is told, and the models that it is of. */
export interface Outcome {
  analysis: Analysis;
  models: readonly Measured[];
}

/** The results that a reader has given, and what is told of them. */
export class Results {
  given = $state.raw<readonly Given[]>([]);
  /** Null for none yet. While another is being made, it is of the models before. */
  outcome = $state.raw<Outcome | null>(null);
  /** What of the models cannot be told, such as that no problem is left. */
  problem = $state<string | null>(null);
  doing = $state.raw<Doing | null>(null);
  /** Which model is the base, by its name; null for the one whose name says so, or the first. */
  #base = $state<string | null>(null);
  /** Problems with fewer samples are left out. */
  #leastN = $state(1);
  readonly models: readonly Measured[] = $derived(
    joinSame(
      this.given.flatMap(({ reading, names }) =>
        (reading?.models ?? []).map((model, i) => ({ ...model, name: names[i]! })),
      ),
    ),
  );
  readonly base: string | null = $derived(
    this.models.find(({ name }) => name === this.#base)?.name ??
      this.models[baseAmong(this.models.map(({ name }) => name))]?.name ??
      null,
  );
  #line = new JobLine();
  #cancels = new Map<Doing['of'], AbortController>();
  #nextId = 1;
  #onChange: () => void;

  /** @param onChange is told when other models are there than before. */
  constructor(onChange: () => void = () => {}) {
    this.#onChange = onChange;
  }

  get leastN(): number {
    return this.#leastN;
  }

  /** Reads what is given beside what is there. */
  async add(sources: readonly Source[]): Promise<void> {
    const added = sources.map((source): Given => ({
      ...{ id: this.#nextId++, source, asked: {} },
      ...{ reading: null, names: [], problem: null },
    }));
    this.given = [...this.given, ...added];
    await Promise.all(added.map(({ id }) => this.#read(id, {})));
  }

  /** Takes models that need no reading, in the place of all that is there. */
  async show(
    name: string,
    models: readonly Measured[],
    notes: readonly string[] = [],
  ): Promise<void> {
    this.clear();
    const reading: Reading = { format: '', models, joins: false, choices: [], notes };
    const names = models.map((model) => model.name);
    const source = { name, blob: new Blob() };
    this.given = [{ id: this.#nextId++, source, asked: {}, reading, names, problem: null }];
    await this.#analyse();
  }

  /** Reads one of them again, as something else. */
  correct = (id: number, asked: Asked): Promise<void> => this.#read(id, asked);

  rename(id: number, model: number, name: string): void {
    this.#set(id, ({ names }) => ({
      names: names.map((each, i) => (i === model ? name.trim() || each : each)),
    }));
    void this.#analyse();
  }

  remove(id: number): void {
    this.cancel(id);
    this.given = this.given.filter((each) => each.id !== id);
    void this.#analyse();
  }

  clear(): void {
    for (const of of [...this.#cancels.keys()]) this.cancel(of);
    this.given = [];
    [this.#base, this.#leastN] = [null, 1];
    void this.#analyse();
  }

  chooseBase(name: string): void {
    this.#base = name;
    void this.#analyse();
  }

  chooseLeastN(n: number): void {
    this.#leastN = n;
    void this.#analyse();
  }

  /** What was being read is as if it had not been given; an analysis is left undone. */
  cancel(of: Doing['of']): void {
    this.#cancels.get(of)?.abort(new Error(TEXT.cancelled));
    if (of !== 'analysis' && this.given.some(({ id, reading }) => id === of && !reading))
      this.given = this.given.filter(({ id }) => id !== of);
  }

  #set(id: number, change: (given: Given) => Partial<Given>): void {
    this.given = this.given.map((each) => (each.id === id ? { ...each, ...change(each) } : each));
  }

  async #read(id: number, asked: Asked): Promise<void> {
    const given = this.given.find((each) => each.id === id);
    if (!given) return;
    const { source } = given;
    try {
      const reading = await this.#do(id, (signal, told) =>
        this.#line.ask<'read'>({ kind: 'read', source, asked }, signal, told),
      );
      const others = this.given.flatMap(({ id: of, source: { name: file }, reading, names }) =>
        of === id || !reading ? [] : [{ file, reading, names }],
      );
      const isAsBefore = (before: Given): boolean =>
        namesIn(before.reading) === namesIn(reading) && before.reading !== null;
      this.#set(id, (before) => ({
        ...{ reading, asked, problem: null },
        names: isAsBefore(before)
          ? before.names
          : namesBeside({ file: source.name, reading }, others),
      }));
      await this.#analyse();
    } catch (error) {
      if (!isCancel(error)) this.#set(id, () => ({ problem: (error as Error).message }));
    }
  }

  async #analyse(): Promise<void> {
    const { models, base, leastN } = this;
    this.cancel('analysis');
    this.problem = null;
    this.#onChange();
    if (base === null) {
      this.outcome = null;
      return;
    }
    const settings = {
      ...{ base: models.findIndex(({ name }) => name === base), leastN },
      ...{ resamples: resamplesFor(models), seed: SEED },
    };
    try {
      const analysis = await this.#do('analysis', (signal, told) =>
        this.#line.ask<'analyse'>({ kind: 'analyse', models, settings }, signal, told),
      );
      this.outcome = { analysis, models };
    } catch (error) {
      if (isCancel(error)) return;
      this.outcome = null;
      this.problem = (error as Error).message;
    }
  }

  async #do<Result>(
    of: Doing['of'],
    work: (signal: AbortSignal, told: (share: number) => void) => Promise<Result>,
  ): Promise<Result> {
    this.#cancels.get(of)?.abort(new Error(TEXT.cancelled));
    const cancels = new AbortController();
    this.#cancels.set(of, cancels);
    const isLatest = (): boolean => this.#cancels.get(of) === cancels;
    try {
      return await work(cancels.signal, (share) => (this.doing = { of, share }));
    } finally {
      if (isLatest()) this.#cancels.delete(of);
      if (this.doing?.of === of) this.doing = null;
    }
  }
}

const namesIn = (reading: Reading | null): string =>
  JSON.stringify(reading?.models.map(({ name }) => name));

const isCancel = (error: unknown): boolean => (error as Error).message === TEXT.cancelled;
