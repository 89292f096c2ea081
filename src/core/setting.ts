/** How an entry of a table is told to a reader. */
interface Told {
  label: string;
  help?: string;
}

/** What has to hold for a setting to change anything, and why it changes nothing otherwise: a sentence without its end. */
export interface Need<Settings = never> {
  readonly when: (settings: Settings) => boolean;
  readonly otherwise: string;
}

/** What a setting is, in the one record from which all else about it is derived. */
interface Common<Settings> {
  readonly key: string;
  /** Its name on the command line (`--group-size`) and in the permalink (`group-size=`). */
  readonly flag: string;
  readonly label: string;
  /** One sentence for a tooltip and for `--help`. */
  readonly help: string;
  /** Of what it is a choice; without it, of the run. */
  readonly group?: 'algorithm';
  /** Its place among the first controls of the page; `elsewhere` for one that is in no list of controls. */
  readonly place?: number | 'elsewhere';
  /** The first of these that does not hold is the reason why it is idle; without any it always matters. */
  readonly needs?: readonly Need<Settings>[];
  /** Who reads it, where that is not the training: what makes the base that it begins with, or nobody. */
  readonly readBy?: 'base' | 'nobody';
  /** Of an algorithm's choices: one that a warm start, which learns by none, has use for too. */
  readonly inWarmStart?: true;
  /** A branch has it as the run that it branches off from, where it matters to either. */
  readonly keptByBranch?: true;
  /** Another value makes other held-out problems, or other evaluations of them before the first step. */
  readonly ofProblems?: true;
}

interface NumberDefinition<Settings> extends Common<Settings> {
  readonly kind: 'number' | 'integer';
  readonly range: readonly [min: number, max: number];
  readonly multipleOf?: number;
  readonly default: number;
}

interface ChoiceDefinition<Settings> extends Common<Settings> {
  readonly kind: 'choice';
  /** A row for each value. */
  readonly table: Readonly<Record<string, Told>>;
  readonly default: string;
}

export type Definition<Settings = never> = NumberDefinition<Settings> | ChoiceDefinition<Settings>;

/** The values that a setting can have. */
type ValueOf<D> = D extends { kind: 'choice'; table: infer Table } ? keyof Table & string : number;

/** The values of all settings of a list. */
export type ValuesOf<List extends readonly Definition[]> = {
  -readonly [D in List[number] as D['key']]: ValueOf<D>;
};

/** A setting as it is written down. What `when` reads it says itself, since the type of all settings comes of their records. */
export const defineSetting = <const D extends Definition>(
  definition: D & { readonly default: ValueOf<NoInfer<D>> },
): D => definition;

/** The default of each setting of a list. */
export const defaultsOf = <const List extends readonly Definition[]>(list: List): ValuesOf<List> =>
  Object.fromEntries(list.map((each) => [each.key, each.default])) as ValuesOf<List>;
