import { resamplesFor, SEED, type Analysis } from '../../results/analysis.ts';
import { free } from '../../results/names.ts';
import { baseOfSet } from '../../results/roles.ts';
import type { Measured, Reading } from '../../results/results.ts';
import * as TEXT from '../../messages/results.ts';
import { GivenResults, type ModelPlace } from './given.svelte.ts';
import { addedUpIn, alikeIn, oneSet, pooled, setsIn, type Alike, type GivenSet } from './groups.ts';
import { JobLine } from './jobLine.ts';

/** What is told, and the models that it is of. */
interface Outcome {
  analysis: Analysis;
  models: readonly Measured[];
  /** The set of problems, where there are several. */
  set: string | null;
  /** Which of the changes it is of. */
  change: number;
}

/** The model that was chosen as the base, by where it was, and what it was called. */
interface ChosenBase extends ModelPlace {
  name: string;
  /** As what its file was read then. */
  reading: Reading;
}

/** Of several sets of problems, of which is told: one of them, all pooled, or all as one set, in which equal ids are the same problem. */
export type Scope = `set:${string}` | 'pooled' | 'one';

export const scopeOfSet = (name: string): Scope => `set:${name}`;

type Work =
  | { kind: 'none' }
  | { kind: 'working'; share: number }
  | { kind: 'cancelled' }
  /** What of the models cannot be told. */
  | { kind: 'failed'; problem: string };

/** While files are read one after another, what is read is not told after each of them. */
const PAUSE_MS = 150;

/** The results that a reader has given, and what is told of them. */
export class Results {
  readonly given = new GivenResults(() => this.#changed());
  outcome = $state.raw<Outcome | null>(null);
  work = $state.raw<Work>({ kind: 'none' });
  #base = $state.raw<ChosenBase | null>(null);
  /** The one that was chosen. */
  #scope = $state.raw<Scope | null>(null);
  #leastN = $state(1);
  /** Counts what changes the models, or which is the base. */
  change = $state(0);
  #line = new JobLine();
  #cancels: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #onChange: () => void;

  /** The sets of problems that what was given is of, by its ids and names. */
  readonly sets: readonly GivenSet[] = $derived(setsIn(this.given.list));
  /** Of which is told: unless otherwise chosen, of the first set with models to compare. */
  readonly scope: Scope | null = $derived.by(() => {
    if (this.sets.length < 2) return null;
    const scopes = [...this.sets.map(({ name }) => scopeOfSet(name!)), 'pooled', 'one'] as const;
    const first = Math.max(
      0,
      this.sets.findIndex(({ models }) => models.length > 1),
    );
    return scopes.find((scope) => scope === this.#scope) ?? scopes[first]!;
  });
  readonly set: GivenSet = $derived.by(() => {
    const { scope, sets } = this;
    if (scope === 'pooled') return pooled(sets);
    const chosen = sets.find(({ name }) => name !== null && scopeOfSet(name) === scope);
    return chosen ?? (scope === null ? sets[0]! : oneSet(this.given.list));
  });
  readonly models: readonly Measured[] = $derived(this.set.models);
  #baseOfSet = $derived.by(() => {
    const namesOf = ({ models }: Pick<GivenSet, 'models'>): string[] =>
      models.map(({ name }) => name);
    const all = [...new Set(this.sets.flatMap(namesOf))];
    return baseOfSet(namesOf(this), all, this.#base?.name ?? null);
  });
  /** The name of the base: of the model that was chosen, or else what its name says; null without models. */
  readonly base: string | null = $derived(this.models[this.#baseOfSet.index]?.name ?? null);
  /** Why that is the base. */
  readonly baseBy = $derived(this.#baseOfSet.by);
  /** The base of other sets, of which there is nothing in this one. */
  readonly lacking: string | null = $derived(this.#baseOfSet.lacking);
  /** How many samples problems have, ascending, each once. */
  readonly ns: readonly number[] = $derived(
    [
      ...new Set(this.models.flatMap(({ problems }) => [...problems.values()].map(({ n }) => n))),
    ].sort((a, b) => a - b),
  );
  /** Those below which problems can be left out: some have fewer, and every model has some with as many. */
  readonly leastNs: readonly number[] = $derived.by(() => {
    const most = Math.min(
      ...this.models.map(({ problems }) =>
        [...problems.values()].reduce((most, { n }) => Math.max(most, n), 0),
      ),
    );
    return this.ns.filter((n) => n > this.ns[0]! && n <= most);
  });
  /** Problems with fewer samples are left out; where a model has none with as many, none are. */
  readonly leastN: number = $derived(
    this.models.every(({ problems }) => [...problems.values()].some(({ n }) => n >= this.#leastN))
      ? this.#leastN
      : 1,
  );
  /** Models of which several parts were given. */
  readonly addedUp = $derived(this.scope === 'pooled' ? [] : addedUpIn(this.set));
  /** Files that are called alike: runs of one model, or of two. */
  readonly alike = $derived(alikeIn(this.given.list));
  /** Whether what is told is of models, a base or samples as they were before. */
  readonly isStale: boolean = $derived(
    this.outcome !== null && this.outcome.change !== this.change,
  );

  /** @param onChange is told when other models are there than before, or another is the base. */
  constructor(onChange: () => void = () => {}) {
    this.#onChange = onChange;
  }

  /** Puts models of which the first is the base beside what is there. */
  put(name: string, models: readonly Measured[], notes: readonly string[] = []): void {
    const id = this.given.put(name, models, notes);
    const { names, reading } = this.given.list.find((each) => each.id === id)!;
    this.#base ??= { id, model: 0, name: names[0]!, reading: reading! };
    this.#changed();
  }

  chooseBase(name: string): void {
    this.#base = this.#placeOf(name);
    this.#changed();
  }

  chooseScope(scope: Scope): void {
    this.#scope = scope;
    // Of others the samples are others.
    this.#leastN = 1;
    this.#changed();
  }

  /** Another name makes no other model the base. */
  rename(place: ModelPlace, name: string): void {
    this.#keepBase();
    this.given.rename([place], name);
  }

  /** Another name for all that is added up to a model. */
  renameModel(before: string, name: string): void {
    this.#keepBase();
    const places = this.set.list.flatMap(({ id, names }) =>
      names.flatMap((name, model) => (name === before ? [{ id, model }] : [])),
    );
    this.given.rename(places, name);
  }

  /** Makes one model of files that are called alike, which no other is called as. */
  addUp({ name, of }: Alike): void {
    this.#keepBase();
    const others = this.given.list.filter((each) => !of.includes(each));
    const own = free(name, (own) => others.some(({ names }) => names.includes(own)));
    this.given.rename(
      of.map(({ id }) => ({ id, model: 0 })),
      own,
    );
  }

  /** What is the base among others stays it, however models are renamed. */
  #keepBase(): void {
    if (this.models.length > 1 && this.base !== null) this.#base ??= this.#placeOf(this.base);
  }

  /** Where a model is given first, of the set that is told of unless another list is searched. */
  #placeOf(name: string, list = this.set.list): ChosenBase | null {
    const given = list.find(({ names }) => names.includes(name));
    if (!given) return null;
    const { id, names, reading } = given;
    return { id, model: names.indexOf(name), name, reading: reading! };
  }

  /** What was chosen may be called otherwise now, or be left of other files alone; what is not there any more is not chosen. */
  #followBase(): void {
    if (this.#base === null) return;
    const { id, model, reading, name } = this.#base;
    const given = this.given.list.find((each) => each.id === id);
    this.#base =
      given?.reading === reading
        ? { ...this.#base, name: given.names[model]! }
        : (this.#placeOf(name) ?? this.#placeOf(name, this.given.list));
  }

  chooseLeastN(n: number): void {
    this.#leastN = n;
    this.#changed();
  }

  /** Ends the analysis; what was told before stays, as what it is. */
  cancel(): void {
    this.#cancels?.abort(new Error(TEXT.cancelled));
    this.work = { kind: 'cancelled' };
  }

  /** Works out what is told of the models as they are. */
  async analyse(): Promise<void> {
    const { models, base, leastN, set } = this;
    if (base === null) return;
    const change = this.change;
    const { signal } = (this.#cancels = new AbortController());
    const settings = {
      ...{ base: models.findIndex(({ name }) => name === base), leastN },
      ...{ resamples: resamplesFor(models), seed: SEED },
    };
    this.work = { kind: 'working', share: 0 };
    try {
      const job = { kind: 'analyse', models, settings } as const;
      const analysis = await this.#line.ask<'analyse'>(job, signal, (share) => {
        this.work = { kind: 'working', share };
      });
      this.outcome = { analysis, models, set: set.name, change };
      this.work = { kind: 'none' };
    } catch (error) {
      if (signal.aborted) return;
      this.outcome = null;
      this.work = { kind: 'failed', problem: (error as Error).message };
    }
  }

  #changed(): void {
    this.#followBase();
    this.change++;
    this.#cancels?.abort(new Error(TEXT.cancelled));
    clearTimeout(this.#timer);
    if (this.given.list.length === 0) this.#scope = null;
    if (this.models.length === 0) {
      this.outcome = null;
      this.work = { kind: 'none' };
    }
    this.#timer = setTimeout(
      () => {
        this.#onChange();
        void this.analyse();
      },
      this.given.isReading ? PAUSE_MS : 0,
    );
  }
}

/** Those of the playground: they stay while the reader is in another room. */
export const keptResults = new Results();
