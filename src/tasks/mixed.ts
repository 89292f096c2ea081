import { createCountdown } from './countdown.ts';
import { createPrograms } from './programs.ts';
import { END, type Task } from './task.ts';

/**
 * Several tasks in one network, each a domain of its own.
 *
 * The vocabulary is the union: the end token, which all share; every other token that a response of any domain may use;
 * the tokens that stand only in prompts; one token for each domain. No other token is shared, so that nothing is learned
 * in common but what the network itself finds in common. A prompt is the domain's token, more than once where the
 * domain's prompts are shorter than the longest, and then the prompt of the domain.
 */
export interface MixedProblem<Domain extends string = string> {
  domain: Domain;
  /** Of the domain's task. */
  problem: unknown;
}

/** A task with its tokens as the union numbers them. */
interface Part {
  task: Task;
  /** The union's token for each of the task's own. */
  tokens: readonly number[];
  /** The other way; there is none for a token of another domain. */
  own: ReadonlyMap<number, number>;
  /** The token that names the domain. */
  name: number;
}

/** What stands for a token of another domain: no task has it. */
const FOREIGN = -1;

/** The union's words, and for each task the tokens that its own are there. */
function unite<Domain extends string>(tasks: Readonly<Record<Domain, Task>>) {
  const domains = Object.keys(tasks) as Domain[];
  const words = ['end'];
  const numbered = new Map<Domain, number[]>(domains.map((domain) => [domain, [END]]));
  const append = (domain: Domain, more: readonly string[]): void => {
    for (const word of more) numbered.get(domain)!.push(words.push(word) - 1);
  };
  for (const domain of domains) {
    const { tokens, outputs } = tasks[domain].vocabulary;
    append(domain, tokens.slice(1, outputs));
  }
  const outputs = words.length;
  for (const domain of domains) {
    const { vocabulary } = tasks[domain];
    append(domain, vocabulary.tokens.slice(vocabulary.outputs));
  }
  const parts = domains.map((domain): [Domain, Part] => {
    const tokens = numbered.get(domain)!;
    const own = new Map(tokens.map((token, i) => [token, i]));
    return [domain, { task: tasks[domain], tokens, own, name: words.push(`${domain}:`) - 1 }];
  });
  return { vocabulary: { tokens: words, outputs }, parts: new Map(parts) };
}

/**
 * One task of several by domain, none of which checks written steps. The skill is that of `skilled`, which no problem of
 * another domain needs.
 */
export function mixTasks<Domain extends string>(
  name: string,
  tasks: Readonly<Record<Domain, Task>>,
  skilled: NoInfer<Domain>,
): Task<MixedProblem<Domain>> {
  const { vocabulary, parts } = unite(tasks);
  const partOf = ({ domain }: MixedProblem<Domain>): Part => parts.get(domain)!;
  const all = [...parts.values()];
  const longestPrompt = Math.max(...all.map(({ task }) => task.promptLength));
  const toUnion = ({ tokens }: Part, sequence: readonly number[]): number[] =>
    sequence.map((token) => tokens[token]!);
  const toOwn = ({ own }: Part, sequence: readonly number[]): number[] =>
    sequence.map((token) => own.get(token) ?? FOREIGN);

  const { skill } = tasks[skilled];
  return {
    name,
    vocabulary,
    promptLength: 1 + longestPrompt,
    responseLength: Math.max(...all.map(({ task }) => task.responseLength)),

    allProblems: () =>
      [...parts].flatMap(([domain, { task }]) =>
        task.allProblems().map((problem) => ({ domain, problem })),
      ),

    domainOf: ({ domain }) => domain,

    encode(problem) {
      const part = partOf(problem);
      const names = new Array<number>(1 + longestPrompt - part.task.promptLength).fill(part.name);
      return [...names, ...toUnion(part, part.task.encode(problem.problem))];
    },

    decode(prompt) {
      const [domain, part] = [...parts].find(([, { name }]) => name === prompt[0])!;
      const own = toOwn(part, prompt.slice(-part.task.promptLength));
      return { domain, problem: part.task.decode(own) };
    },

    verify(problem, response) {
      const part = partOf(problem);
      const verdict = part.task.verify(problem.problem, toOwn(part, response));
      // A task that reads a token which it does not have says so, and reads no further.
      const foreign = response.find((token) => !part.own.has(token));
      if (foreign === undefined) return verdict;
      const word = vocabulary.tokens[foreign] ?? `token ${foreign}`;
      return { ...verdict, detail: verdict.detail.replace(`token ${FOREIGN}`, word) };
    },

    acceptSet(problem) {
      const part = partOf(problem);
      return part.task.acceptSet(problem.problem).map((response) => toUnion(part, response));
    },

    /** Rare is the skill of one domain; in the others nothing is rarer than anything else. */
    demonstrate(problem, correctFraction, random, rarity = 1) {
      const part = partOf(problem);
      const own = problem.domain === skilled ? rarity : 1;
      return toUnion(part, part.task.demonstrate(problem.problem, correctFraction, random, own));
    },

    kindOf: (problem) => {
      const { task } = partOf(problem);
      return `${problem.domain} ${task.kindOf?.(problem.problem) ?? task.encode(problem.problem).join()}`;
    },

    showProblem: (problem) => partOf(problem).task.showProblem(problem.problem),

    skill: {
      label: skill.label,
      token: parts.get(skilled)!.tokens[skill.token]!,
      isNeeded: ({ domain, problem }) => domain === skilled && skill.isNeeded(problem),
    },
  };
}

/** Countdown with 3 numbers and Programs; the skill of a narrow prior is the programs' doubling. */
export function createMixed(): Task<MixedProblem<'countdown' | 'programs'>> {
  const tasks = { countdown: createCountdown(3) as Task, programs: createPrograms() as Task };
  return mixTasks('mixed', tasks, 'programs');
}
