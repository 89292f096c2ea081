import { describe, expect, it } from 'vitest';
import type { TreeNode } from '../../../src/evaluation/solutionTree.ts';
import {
  bandsOf,
  placeTree,
  rowText,
  THICKNESS,
  type BandScale,
} from '../../../src/ui/problem/treeLayout.ts';

/** A node of the tree below, with the same probability for both policies. */
function node(word: string, parent: number, p: number, correct: boolean | null): TreeNode {
  const leads = word === 'a' || correct === true;
  return { word, parent, base: p, now: p, leads, correct, other: { base: 0, now: 0 } };
}

/**
 *            ┌ a ┬ end  0.1 ✓
 * root  1  ──┤   └ b    0.3 …    of 0.6, so that 0.2 goes elsewhere
 *            └ b ─ end  0.25 ✗   of 0.4, 0.15 elsewhere
 */
const TREE = [
  node('', -1, 1, null),
  node('a', 0, 0.6, null),
  node('', 1, 0.1, true),
  node('b', 1, 0.3, null),
  node('b', 0, 0.4, null),
  node('', 4, 0.25, false),
];
const SCALE: BandScale = {
  thickness: THICKNESS.linear,
  whole: 100,
  hairline: 1.5,
  columnWidth: 50,
  rowHeight: 20,
  end: 200,
};
const p = TREE.map(({ base }) => base);

/** Where a line begins and ends. */
function ends(d: string): { from: [number, number]; to: [number, number] } {
  const numbers = d.match(/-?[\d.]+(e-?\d+)?/g)!.map(Number);
  return { from: [numbers[0]!, numbers[1]!], to: [numbers.at(-2)!, numbers.at(-1)!] };
}

describe('the layout of a solution tree', () => {
  const placed = placeTree(TREE);

  it('gives every leaf a row and every other node the middle of its children', () => {
    expect(placed.leaves).toEqual([2, 3, 5]);
    expect(placed.nodes.map(({ y }) => y)).toEqual([1.75, 1, 0.5, 1.5, 2.5, 2.5]);
    expect(placed.nodes.map(({ column }) => column)).toEqual([0, 1, 2, 2, 1, 2]);
    expect(placed.leaves.map((i) => rowText(placed, i))).toEqual(['a', 'a b …', 'b']);
  });

  it('has keys that tell its nodes apart and are the same in a tree with more of them', () => {
    const keys = placed.nodes.map(({ key }) => key);
    expect(new Set(keys).size).toBe(TREE.length);
    const more = placeTree([...TREE, node('c', 4, 0.05, null)]).nodes.map(({ key }) => key);
    expect(more.slice(0, TREE.length)).toEqual(keys);
  });

  it('has bands as thick as their probability, side by side where they begin', () => {
    const { bands, wedges } = bandsOf(placed, p, SCALE);
    const widths = Object.fromEntries(bands.map(({ key, width }) => [key, width]));
    const expected = { '/a': 60, '/b': 40, '/a/': 10, '/a/b': 30, '/b/': 25 };
    expect(Object.keys(widths).sort()).toEqual(Object.keys(expected).sort());
    for (const [key, width] of Object.entries(expected)) expect(widths[key]).toBeCloseTo(width, 9);
    // The root stands at 35 and is 100 thick: from −15 on 60 for a, then 40 for b.
    const from = (key: string) => ends(bands.find((band) => band.key === key)!.d).from;
    expect(from('/a')).toEqual([0, 15]);
    expect(from('/b')).toEqual([0, 65]);
    // A whole answer goes on to the end, another beginning only to its column.
    const to = (key: string) => ends(bands.find((band) => band.key === key)!.d).to;
    expect(to('/a/')).toEqual([200, 10]);
    expect(to('/a/b')).toEqual([100, 30]);
    const left = Object.fromEntries(wedges.map(({ key, top, bottom }) => [key, bottom - top]));
    expect(left['/a']).toBeCloseTo(20, 9);
    expect(left['/b']).toBeCloseTo(15, 9);
    expect(left['/a/b']).toBeCloseTo(30, 9);
    expect(bands.map(({ width }) => width)).toEqual(
      bands.map(({ width }) => width).sort((a, b) => b - a),
    );
  });

  it('has cores as thick as what ends right, in one line from the root to the answer', () => {
    const { cores } = bandsOf(placed, p, SCALE);
    expect(cores.map(({ key }) => key).sort()).toEqual(['/a', '/a/']);
    for (const { width, isDashed } of cores) {
      expect(width).toBeCloseTo(10, 9);
      expect(isDashed).toBe(false);
    }
    const [first, second] = ['/a', '/a/'].map((key) =>
      ends(cores.find((core) => core.key === key)!.d),
    );
    expect(second!.from[0]).toBeCloseTo(first!.to[0], 9);
    expect(second!.from[1]).toBeCloseTo(first!.to[1], 2);
  });

  it('keeps a right path that nothing goes along as a dashed hairline, and no wrong one', () => {
    const drained = [1, 1e-9, 1e-12, 1e-10, 0.9, 0.9];
    const { bands, cores } = bandsOf(placed, drained, SCALE);
    expect(bands.map(({ key }) => key).sort()).toEqual(['/b', '/b/']);
    expect(cores.map(({ width, isDashed }) => [width, isDashed])).toEqual([
      [1.5, true],
      [1.5, true],
    ]);
    // Nothing at all is not an error either.
    const gone = bandsOf(placed, [1, 0, 0, 0, 0, 0], SCALE);
    expect(gone.cores.every(({ d }) => !d.includes('NaN'))).toBe(true);
  });

  it('is as thick as the root of the probability where that is asked for', () => {
    const { bands } = bandsOf(placed, p, { ...SCALE, thickness: THICKNESS.root });
    const b = bands.find(({ key }) => key === '/b/');
    expect(b!.width).toBeCloseTo(50, 9);
  });
});
