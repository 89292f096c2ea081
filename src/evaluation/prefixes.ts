import { createBatch } from '../policy/batch.ts';
import type { Policy } from '../policy/policy.ts';
import { END } from '../tasks/task.ts';

/** The beginning of a response, in the tree of all beginnings of the responses to one prompt. */
export interface Prefix {
  prompt: readonly number[];
  tokens: readonly number[];
  /** log π of all its tokens together. */
  logProb: number;
  /** [R] log π of each next token, once it has been asked for. */
  next: Float32Array | null;
  /** By token; those that have been walked to. */
  children: Map<number, Prefix>;
}

/** The empty beginning of the responses to a prompt. */
export function rootOf(prompt: readonly number[]): Prefix {
  return { prompt, tokens: [], logProb: 0, next: null, children: new Map() };
}

/** The beginning with one token more. Those of `prefix` must have been scored. */
export function extend(prefix: Prefix, token: number): Prefix {
  let child = prefix.children.get(token);
  if (!child) {
    const { prompt, tokens } = prefix;
    const logProb = prefix.logProb + prefix.next![token]!;
    child = { prompt, tokens: [...tokens, token], logProb, next: null, children: new Map() };
    prefix.children.set(token, child);
  }
  return child;
}

/** Whether nothing follows: the end token stands, or all T tokens do. */
export function isComplete({ tokens }: Prefix, responseLength: number): boolean {
  return tokens.length === responseLength || tokens.at(-1) === END;
}

/** Prefixes scored at once, which bounds the memory that their distributions take. */
const SCORED_AT_ONCE = 4096;

/**
 * Fills in what may follow each of the prefixes that do not know it yet: π(v | x, y_<t) of every output token v at the
 * temperature, by one scoring of each. Prefixes of one length that are neighbours in the tree should stand side by side.
 */
export async function scorePrefixes(
  policy: Policy,
  prefixes: readonly Prefix[],
  temperature: number,
): Promise<void> {
  const { responseLength: T, outputs: R } = policy.shape;
  const unknown = [...new Set(prefixes)].filter(({ next }) => next === null);
  for (let from = 0; from < unknown.length; from += SCORED_AT_ONCE) {
    const some = unknown.slice(from, from + SCORED_AT_ONCE);
    // The token after the prefix may be any: it is the distribution that it is drawn from that counts.
    const batch = createBatch(
      policy.shape,
      some.map(({ prompt, tokens }) => ({ prompt, response: [...tokens, END] })),
    );
    const { distributions } = await policy.score({ batch, temperature, distributions: true });
    some.forEach((prefix, b) => {
      const at = (b * T + prefix.tokens.length) * R;
      prefix.next = distributions!.slice(at, at + R);
    });
  }
}
