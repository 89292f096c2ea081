import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { decisiveTokens, WORDS } from '../../src/cli/sweep/decisive.ts';
import { decidingSources, readCode, sourceDigest } from '../../src/cli/sweep/identity.ts';

const sources = await decidingSources();
const textOf = (file: string): string => sources.find((each) => each.file === file)!.text;
const digestOf = (file: string, text: string): Promise<string> => sourceDigest([{ file, text }]);
/** The digests of a source before and after a change at one place, which must be there once. */
async function aroundChange(file: string, from: string, to: string): Promise<[string, string]> {
  const text = textOf(file);
  expect(text.split(from), `${file}: ${from}`).toHaveLength(2);
  return [
    await digestOf(file, text),
    await digestOf(
      file,
      text.replace(from, () => to),
    ),
  ];
}

describe('the identity of the code', () => {
  it('is in the version of every run', async () => {
    const digest = await sourceDigest(sources);
    expect((await readCode()).project).toMatch(new RegExp(`\\+${digest.slice(0, 12)}$`));
    expect(await sourceDigest(sources.slice(1))).not.toBe(digest);
    const renamed = sources.map(({ file, text }) => ({ file: `x${file}`, text }));
    expect(await sourceDigest(renamed)).not.toBe(digest);
  });

  it.each([
    [
      'a constant',
      'rl/advantages.ts',
      'STANDARD_DEVIATION_EPSILON = 1e-4',
      'STANDARD_DEVIATION_EPSILON = 1e-5',
    ],
    ['a sign', 'rl/objective.ts', 'loss -= s * term.value', 'loss += s * term.value'],
    ['a formula', 'rl/kl.ts', 'value: (d) => (d * d) / 2', 'value: (d) => d * d'],
    ['a void', 'experiments/generations.ts', 'dispose: () => undefined', 'dispose: () => null'],
    ['a choice', 'rl/algorithms.ts', "{ advantage: 'pass-at-k' }", "{ advantage: 'return' }"],
    ['a name of a choice', 'rl/aggregations.ts', "'token-mean': {", "'tokens-mean': {"],
    ['a bound', 'evaluation/exact.ts', 'MOST_ACCEPTED = 250_000', 'MOST_ACCEPTED = 250_001'],
    ['a verdict', 'rl/verifiers.ts', "reason !== 'malformed'", "reason !== 'wrong'"],
    [
      'a parent',
      'rl/step.ts',
      'class NonFiniteError extends Error',
      'class NonFiniteError extends RangeError',
    ],
    [
      'a flag of a table',
      'experiments/experiments.ts',
      'needsTeacher: false,\n    usesRewards: true,\n    usesAlgorithm: true',
      'needsTeacher: true,\n    usesRewards: true,\n    usesAlgorithm: true',
    ],
  ])('changes with %s', async (_, file, from, to) => {
    const [before, after] = await aroundChange(file, from, to);
    expect(after).not.toBe(before);
  });

  it.each([
    ['a tooltip', 'rl/surrogates.ts', 'no gradient beyond the bounds.', 'none beyond.'],
    [
      'a tooltip that takes two lines',
      'rl/filters.ts',
      "label: 'mixed groups only',",
      "label:\n      'groups that are mixed, ' +\n      'and no others',",
    ],
    [
      'a row that takes more lines',
      'rl/surrogates.ts',
      "token: { label: 'of each token', help:",
      "token: {\n label: 'each',\n help:",
    ],
    ['a note on an algorithm', 'rl/algorithms.ts', 'λ = 0.1 as in the paper.', 'As in the paper.'],
    ['a source', 'rl/algorithms.ts', "source: 'Williams 1992'", "source: 'R. J. Williams 1992'"],
    ['a comment', 'rl/advantages.ts', 'Keeps (r − mean) / std finite', 'Keeps it finite'],
    ['a comment within a line', 'rl/objective.ts', 'let loss = 0;', 'let loss = /* nats */ 0;'],
    ['an error message', 'rl/rewards.ts', 'process rewards need a task', 'steps need a task'],
    ['a type', 'rl/metrics.ts', 'reward_std: number;', 'reward_std: number | null;'],
    [
      'a cast',
      'rl/step.ts',
      'array.subarray(from! * T, to! * T) as A',
      'array.subarray(from * T, to * T)',
    ],
  ])('does not change with %s', async (_, file, from, to) => {
    const [before, after] = await aroundChange(file, from, to);
    expect(after).toBe(before);
  });

  it('does not change with a file of types', async () => {
    const one = { file: 'core/one.ts', text: 'export const one = 1;' };
    const types = {
      file: 'rl/types.ts',
      text: "import type { A } from './a.ts';\nexport type B = A;\n",
    };
    expect(await sourceDigest([one, types])).toBe(await sourceDigest([one]));
    const more = { ...types, text: `${types.text}export const c = 1;\n` };
    expect(await sourceDigest([one, more])).not.toBe(await sourceDigest([one]));
  });
});

describe('the tokens that decide', () => {
  it('are those of what runs', () => {
    const source = `
      import { a, type B } from './a.ts';
      import type { C } from './c.ts';
      /** What it is. */
      export const T = { k: { label: 'x' + "y", help: \`z\`, f: (d: number): number => d * 2 }, } as const;
      function g<X extends B>(x: X, y: Map<string, C>): void { if (x < 3 && y! > 4) throw new Error(\`no \${x}\`); }
      const holes = [1, , 2,];
      const kept = { label: name, detail: 'kept', source: \`of \${name}\` };
      void g<B>(a as X, null);`;
    expect(decisiveTokens(source).replaceAll('\n', ' ')).toBe(
      [
        "import { a } from './a.ts' ;",
        "export const T = { k : { label : '' , help : '' , f : ( d ) => d * 2 } } ;",
        "function g ( x , y ) { if ( x < 3 && y > 4 ) throw new Error ( '' x '' ) ; }",
        'const holes = [ 1 , , 2 ] ;',
        "const kept = { label : name , detail : 'kept' , source : `of ${ name }` } ;",
        'void g ( a , null ) ;',
      ].join(' '),
    );
  });
});

describe('what only a reader reads', () => {
  /** Reads of such properties outside of what is thrown, as file and name. */
  const reads = sources.flatMap(({ file, text }) => {
    const found: string[] = [];
    const visit = (node: ts.Node, isThrown: boolean): void => {
      const read = ts.isPropertyAccessExpression(node)
        ? node.name.text
        : ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)
          ? node.argumentExpression.text
          : ts.isBindingElement(node)
            ? (node.propertyName ?? node.name).getText()
            : null;
      if (!isThrown && read !== null && WORDS.has(read)) found.push(`${file} ${read}`);
      ts.forEachChild(node, (child) => visit(child, isThrown || ts.isThrowStatement(node)));
    };
    visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true), false);
    return found;
  });

  it('is read by nothing that makes a number', () => {
    // Names that are shown: of a skill beside its problems, and of what a message that is thrown is about.
    const shown =
      /^(experiments\/(evaluate|experiments|createLearner)|tasks\/(mixed|prior))\.ts label$/;
    expect(reads.length).toBeGreaterThan(0);
    expect(reads.filter((read) => !shown.test(read))).toEqual([]);
  });
});
