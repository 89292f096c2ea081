/** What evaluators put behind the name of what they evaluated. */
const ENDINGS =
  /(?:[._-](?:eval_results|eval_all|results|samples))*\.(?:jsonl|ndjson|json|csv|tsv|txt|parquet)$/i;
const BEGINNINGS = /^(?:samples|details)_(?=.)/;
/** Of which several files hold one model: they are added up. */
const SEEDS = /(?:^|[-_.])(?:rs|seed[-_=]?)\d+(?=[-_.]|$)|(?:^|_)s\d+(?=[-_.]|$)/gi;
const TIMES = /[-_]\d{4}-\d\d-\d\d[T_ -]\d\d[-:.]?\d\d[-:.]?\d\d(?:\.\d+)?(?=[-_.]|$)/g;
/** The same for all models: their folder tells them apart. */
const SAID_OF_ALL = /^(?:output|outputs|results?|samples|eval_results|completions|metrics)?$/i;

/**
 * What a model is called that a file does not name: the file, without its ending and without a time. A dump of verl,
 * `120.jsonl`, is `step 120`.
 *
 * @param seeds whether it is without its seed as well, so that the seeds of a model have one name
 */
export function modelName(file: string, { seeds }: { seeds: boolean }): string {
  const parts = file.split(/[\\/]/).filter((part) => !/^\.{0,2}$/.test(part));
  const last = parts.at(-1) ?? file;
  let name = last;
  for (let before = ''; before !== name;) {
    before = name;
    name = name.replace(ENDINGS, '');
  }
  name = name.replace(BEGINNINGS, '').replace(TIMES, '');
  if (seeds) name = withoutSeeds(name);
  if (/^\d+$/.test(name)) return `step ${name}`;
  if (SAID_OF_ALL.test(name)) return parts.at(-2) ?? (name || last);
  return name;
}

/** A name without what of it is a seed: `base_seed0` is `base`. */
export const withoutSeeds = (name: string): string => name.replace(SEEDS, '');

/** A path, or a name with folders in it, without what of them is a seed: `base/seed0` is `base`. */
export const pathWithoutSeeds = (path: string): string =>
  path
    .split('/')
    .map(withoutSeeds)
    .filter((part) => part !== '')
    .join('/');
/** What runs of one model have in common of their names: `base` of `base (2)` and of `base/seed0`. */
export const rootOf = (name: string): string => pathWithoutSeeds(name.replace(/ \(\d+\)$/, ''));
