import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { enumerateAnswers } from '../../src/evaluation/answers.ts';
import { enumerateAcceptSets } from '../../src/evaluation/exact.ts';
import { samplerSuccess } from '../../src/evaluation/samplers.ts';
import { solutionTree, type SolutionTree } from '../../src/evaluation/solutionTree.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import { assembleStart, type Start } from '../../src/run/start.ts';
import { settingsOver, type RunSettings } from '../../src/run/settings.ts';
import { letters, lettersPolicy } from './example.ts';

const WHICH = ['base', 'now'] as const;
const plain = { temperature: 1, topP: 1 };

/** The tokens of a node, joined; the end token is a dot. */
function pathOf({ nodes }: SolutionTree, index: number): string {
  const words: string[] = [];
  for (let at = index; at > 0; at = nodes[at]!.parent) words.unshift(nodes[at]!.word || '.');
  return words.join(' ');
}

/** What has to hold of every tree: the parts of a node make up the node, the right leaves and the rest make up p. */
function expectToAddUp(tree: SolutionTree): void {
  const { nodes, p, otherRight } = tree;
  for (const which of WHICH) {
    nodes.forEach((node, i) => {
      if (node.correct !== null) return expect(node.other[which]).toBe(0);
      const children = nodes.filter(({ parent }) => parent === i);
      const sum = children.reduce((total, child) => total + child[which], node.other[which]);
      expect(Math.abs(sum - node[which])).toBeLessThan(1e-6);
    });
    expect(nodes[0]![which]).toBe(1);
    const right = nodes.filter(({ correct }) => correct);
    const sum = right.reduce((total, leaf) => total + leaf[which], otherRight[which]);
    expect(Math.abs(sum - p[which])).toBeLessThan(1e-6);
  }
  // Parents before children, and whatever leads to a right answer is said to.
  nodes.forEach(({ parent, leads }, i) => {
    expect(parent).toBeLessThan(i);
    if (leads && parent >= 0) expect(nodes[parent]!.leads).toBe(true);
  });
}

describe('the tree of the tiny task', () => {
  const problem = { accepts: ['ab.', 'b.'] };

  it('is the whole tree with every probability, where there is room and all is likely enough', async () => {
    const policies = { base: await lettersPolicy(4, 0.5), now: await lettersPolicy(9, 0.5) };
    const tree = await solutionTree(policies, letters, problem, plain);
    // 1 + 3 + 6 + 12 beginnings: nothing follows an end.
    expect(tree.nodes.length).toBe(22);
    expect(tree.otherRight).toEqual({ count: 0, base: 0, now: 0 });
    for (const which of WHICH) {
      // The slow twin: every answer of the policy, and the sum of those that begin like a node.
      const all = { smallest: 1e-12, temperature: 1 };
      const [found] = await enumerateAnswers(policies[which], letters, [problem], all);
      const named = found!.answers.map(({ response, logProb }) => ({
        name: response.map((token) => '.ab'[token]).join(' '),
        probability: Math.exp(logProb),
      }));
      tree.nodes.forEach((node, i) => {
        const path = pathOf(tree, i);
        const sum = named
          .filter(({ name }) => path === '' || name === path || name.startsWith(`${path} `))
          .reduce((total, { probability }) => total + probability, 0);
        expect(node[which]).toBeCloseTo(sum, 6);
        expect(node.correct).toBe(
          named.some(({ name }) => name === path) ? ['a b .', 'b .'].includes(path) : null,
        );
      });
    }
    expectToAddUp(tree);
  });

  it('keeps the likeliest and pools the rest, down to a few nodes', async () => {
    const policies = { base: await lettersPolicy(4), now: await lettersPolicy(9) };
    const whole = await solutionTree(policies, letters, problem, plain);
    for (const mostNodes of [16, 10, 6, 4]) {
      const tree = await solutionTree(policies, letters, problem, plain, {
        mostRight: 1,
        mostNodes,
        mostOthers: 12,
      });
      expect(tree.nodes.length).toBeLessThanOrEqual(mostNodes);
      const right = tree.nodes.filter(({ correct }) => correct);
      expect(right.length + tree.otherRight.count).toBe(2);
      expect(tree.p).toEqual(whole.p);
      expectToAddUp(tree);
      // No beginning outside it is likelier than it says.
      const inside = new Set(tree.nodes.map((_, i) => pathOf(tree, i)));
      whole.nodes.forEach((node, i) => {
        if (!inside.has(pathOf(whole, i)))
          expect(Math.max(node.base, node.now)).toBeLessThanOrEqual(tree.smallest + 1e-9);
      });
      // The likelier of the two right answers is there, however small the tree is.
      const likelier = ({ nodes }: SolutionTree): number =>
        Math.max(...nodes.flatMap(({ correct, base, now }) => (correct ? [base, now] : [])));
      expect(likelier(tree)).toBe(likelier(whole));
    }
  });

  it('orders children by the base, so that a later policy moves no branch', async () => {
    const base = await lettersPolicy(4, 0.5);
    const trees = await Promise.all(
      [4, 5, 6].map(async (seed) =>
        solutionTree({ base, now: await lettersPolicy(seed, 0.5) }, letters, problem, plain),
      ),
    );
    const orders = trees.map((tree) => tree.nodes.map((_, i) => pathOf(tree, i)));
    expect(orders[1]).toEqual(orders[0]);
    expect(orders[2]).toEqual(orders[0]);
  });
});

describe.each<[string, Partial<RunSettings>]>([
  ['countdown', {}],
  ['countdown of 4', { size: '4' }],
  ['countdown with steps', { task: 'countdown-steps' }],
  ['maze', { task: 'maze' }],
  ['programs', { task: 'programs' }],
  ['mixed', { task: 'mixed' }],
])('the tree of a problem of %s', (_, changes) => {
  let start: Start;
  let policies: { base: Policy; now: Policy };
  beforeAll(async () => {
    start = await assembleStart(settingsOver(changes), async (file) =>
      readFile(new URL(`../../public/bases/${file}`, import.meta.url)),
    );
    const { shape, parameters } = start;
    const engine = await createWasmEngine();
    policies = {
      base: await engine.createPolicy(shape, parameters),
      // Another policy: the same network with every number a little larger.
      now: await engine.createPolicy(
        shape,
        parameters.map((value) => 1.05 * value),
      ),
    };
  });

  it('adds up to the p of the evaluation and stays within its size', async () => {
    // Answers with steps are long and many; what a nucleus leaves out is seen at the other tasks.
    const samplers = start.task.checkSteps ? [plain] : [plain, { temperature: 0.8, topP: 0.9 }];
    for (const sampler of samplers) {
      const problem = start.split.heldOut[3];
      const tree = await solutionTree(policies, start.task, problem, sampler);
      const sets = enumerateAcceptSets(start.task, start.shape, [problem]);
      for (const which of WHICH) {
        const [success] = await samplerSuccess(policies[which], sets, [sampler]);
        expect(Math.abs(tree.p[which] - success!.p[0]!)).toBeLessThan(1e-6);
      }
      expectToAddUp(tree);
      expect(tree.nodes.length).toBeLessThanOrEqual(160);
      const right = tree.nodes.filter(({ correct }) => correct).length;
      expect(right + tree.otherRight.count).toBe(sets.counts[0]);
    }
  });
});
