import { exp, log } from '../core/elementary.ts';
import { keepNucleus } from '../core/categorical.ts';
import { responseOf } from '../policy/batch.ts';
import type { Policy } from '../policy/policy.ts';
import { END, type Task } from '../tasks/task.ts';
import { acceptedLogProbs, buildAcceptSets, type AcceptSets } from './exact.ts';
import { extend, isComplete, rootOf, scorePrefixes, type Prefix } from './prefixes.ts';
import { samplerSuccess, type Sampler } from './samplers.ts';

/** The same quantity of the two policies of a tree, here a probability from 0 to 1. */
export interface OfBoth {
  base: number;
  now: number;
}

/** A beginning of the responses to a problem, with π(beginning | problem) of both policies. */
export interface TreeNode extends OfBoth {
  /** The token that leads here from the parent, in the vocabulary's words; empty at the root and for the end token. */
  word: string;
  /** Its index; −1 at the root. */
  parent: number;
  /** Whether an accepted response begins like this, or is this. */
  leads: boolean;
  /** The verdict on a complete response; null where more tokens follow. */
  correct: boolean | null;
  /** What goes on to children that are not in the tree: π(node) − Σ π(children). */
  other: OfBoth;
}

export interface SolutionTree {
  /** Depth first, so that a parent stands before its children; of those the likeliest under the base first. */
  nodes: TreeNode[];
  /** p = Σ π(y) over the whole accept set. */
  p: OfBoth;
  /** The accepted responses that are not in the tree: how many, and their share of p. */
  otherRight: OfBoth & { count: number };
  /** Every beginning that is likelier than this, under one of the two policies, is in the tree. */
  smallest: number;
}

/** How much a tree holds at most. */
export interface TreeSize {
  /** Accepted responses that are in it however rare they are: the likeliest under either policy. */
  mostRight: number;
  /** Beginnings, complete ones among them. */
  mostNodes: number;
  /** Of those, the ones that begin none of the responses above. */
  mostOthers: number;
}

export const TREE_SIZE: TreeSize = { mostRight: 40, mostNodes: 160, mostOthers: 48 };

/** What is rarer under both policies and leads to no kept response is not looked at: at most 200 beginnings a length. */
const SMALLEST = 0.01;
/** The share of the nodes that may lead to right answers, so that the likeliest wrong ones have room too. */
const RIGHT_SHARE = 0.75;

interface Growing {
  prefixes: { base: Prefix; now: Prefix };
  isKept: boolean;
  children: Map<number, Growing>;
}

const keyOf = (tokens: readonly number[]): string => tokens.join();
const larger = ({ base, now }: OfBoth): number => Math.max(base, now);
const logProbOf = ({ prefixes: { base, now } }: Growing): number =>
  Math.max(base.logProb, now.logProb);

/** All beginnings of a response, the empty one and itself among them. */
const beginnings = (response: readonly number[]): string[] =>
  Array.from({ length: response.length + 1 }, (_, length) => keyOf(response.slice(0, length)));

/**
 * The tree of the beginnings of one problem's responses under two policies: every path to an accepted response, of many
 * the likeliest, and the likeliest others. For each policy, at every node,
 *
 *   π(node) = Σ π(children) + other,     p = Σ π(right leaves) + otherRight,
 *
 * both up to the 1e-6 to which an engine gives log-probabilities. All beginnings of a length are scored at once.
 */
export async function solutionTree(
  { base, now }: { base: Policy; now: Policy },
  task: Task,
  problem: unknown,
  sampler: Sampler,
  { mostRight, mostNodes, mostOthers }: TreeSize = TREE_SIZE,
): Promise<SolutionTree> {
  const sets = buildAcceptSets(task, base.shape, [problem]);
  const both = {
    base: await accepted(base, sets, sampler),
    now: await accepted(now, sets, sampler),
  };
  const responses = both.base.probabilities.map((probability, b) => ({
    tokens: responseOf(base.shape, sets.batch, b),
    base: probability,
    now: both.now.probabilities[b]!,
  }));
  responses.sort((a, b) => larger(b) - larger(a));
  const kept = new Set<string>();
  let count = 0;
  for (const { tokens } of responses.slice(0, mostRight)) {
    const more = beginnings(tokens).filter((key) => !kept.has(key));
    if (count > 0 && kept.size + more.length > RIGHT_SHARE * mostNodes) break;
    for (const key of more) kept.add(key);
    count++;
  }

  const root: Growing = {
    prefixes: { base: rootOf(task.encode(problem)), now: rootOf(task.encode(problem)) },
    isKept: true,
    children: new Map(),
  };
  const others = await grow({ base, now }, root, kept, sampler);
  const room = Math.max(0, Math.min(mostOthers, mostNodes - kept.size));
  // A child is never likelier than its parent, and stands after it: what is left out takes nothing from under it.
  others.sort((a, b) => logProbOf(b) - logProbOf(a));
  const dropped = new Set(others.slice(room));
  const right = new Set(responses.flatMap(({ tokens }) => beginnings(tokens)));
  const nodes = flatten(task, base.shape.responseLength, root, dropped, right);
  const rightLeaves = nodes.filter(({ correct }) => correct);
  const left = responses.length - rightLeaves.length;
  const rest = (which: 'base' | 'now'): number =>
    left === 0
      ? 0
      : Math.max(
          0,
          rightLeaves.reduce((p, leaf) => p - leaf[which], both[which].p),
        );
  return {
    nodes,
    p: { base: both.base.p, now: both.now.p },
    otherRight: { count: left, base: rest('base'), now: rest('now') },
    smallest: dropped.size > 0 ? exp(logProbOf(others[room]!)) : SMALLEST,
  };
}

/** p, and the probability of each accepted response; within a nucleus the latter only rank them. */
async function accepted(
  policy: Policy,
  sets: AcceptSets,
  sampler: Sampler,
): Promise<{ p: number; probabilities: number[] }> {
  const logProbs = await acceptedLogProbs(policy, sets, sampler.temperature);
  const probabilities = Array.from(logProbs, exp);
  const sum = probabilities.reduce((total, each) => total + each, 0);
  if (sampler.topP === 1) return { p: Math.min(1, sum), probabilities };
  const [success] = await samplerSuccess(policy, sets, [sampler]);
  return { p: success!.p[0]!, probabilities };
}

/** Grows the tree by its kept beginnings and by those that are likely; gives the latter, a parent before its children. */
async function grow(
  { base, now }: { base: Policy; now: Policy },
  root: Growing,
  kept: ReadonlySet<string>,
  sampler: Sampler,
): Promise<Growing[]> {
  const { responseLength: T, outputs: R } = base.shape;
  const least = log(SMALLEST);
  const others: Growing[] = [];
  let level = [root];
  while (level.length > 0) {
    await scoreLevel(
      base,
      level.map(({ prefixes }) => prefixes.base),
      sampler,
    );
    await scoreLevel(
      now,
      level.map(({ prefixes }) => prefixes.now),
      sampler,
    );
    const longer: Growing[] = [];
    for (const node of level)
      for (let token = 0; token < R; token++) {
        const isKept = kept.has(keyOf([...node.prefixes.base.tokens, token]));
        const likelier = (['base', 'now'] as const).some(
          (which) => node.prefixes[which].logProb + node.prefixes[which].next![token]! >= least,
        );
        if (!isKept && !likelier) continue;
        const prefixes = {
          base: extend(node.prefixes.base, token),
          now: extend(node.prefixes.now, token),
        };
        const child: Growing = { prefixes, isKept, children: new Map() };
        node.children.set(token, child);
        if (!isKept) others.push(child);
        if (!isComplete(prefixes.base, T)) longer.push(child);
      }
    level = longer;
  }
  return others;
}

async function scoreLevel(
  policy: Policy,
  prefixes: readonly Prefix[],
  { temperature, topP }: Sampler,
): Promise<void> {
  await scorePrefixes(policy, prefixes, temperature);
  if (topP === 1) return;
  for (const prefix of prefixes) {
    const next = Float64Array.from(prefix.next!);
    keepNucleus(next, topP);
    prefix.next = Float32Array.from(next);
  }
}

function flatten(
  task: Task,
  responseLength: number,
  root: Growing,
  dropped: ReadonlySet<Growing>,
  right: ReadonlySet<string>,
): TreeNode[] {
  const nodes: TreeNode[] = [];
  const visit = ({ prefixes, children }: Growing, parent: number): void => {
    const { tokens } = prefixes.base;
    const shown = [...children.values()].filter((child) => !dropped.has(child));
    const complete = isComplete(prefixes.base, responseLength);
    const leads = right.has(keyOf(tokens));
    const index = nodes.push({
      word: (tokens.at(-1) ?? END) === END ? '' : task.vocabulary.tokens[tokens.at(-1)!]!,
      parent,
      base: exp(prefixes.base.logProb),
      now: exp(prefixes.now.logProb),
      leads,
      correct: complete ? leads : null,
      other: complete
        ? { base: 0, now: 0 }
        : { base: otherOf(prefixes.base, shown), now: otherOf(prefixes.now, shown) },
    });
    shown.sort((a, b) => b.prefixes.base.logProb - a.prefixes.base.logProb);
    for (const child of shown) visit(child, index - 1);
  };
  visit(root, -1);
  return nodes;
}

/** π(prefix) Σ π(v | prefix) over the next tokens v that no child of the tree stands for. */
function otherOf({ logProb, next }: Prefix, shown: readonly Growing[]): number {
  const tokens = new Set(shown.map(({ prefixes }) => prefixes.base.tokens.at(-1)!));
  let sum = 0;
  next!.forEach((logNext, token) => {
    if (!tokens.has(token)) sum += exp(logProb + logNext);
  });
  return sum;
}
