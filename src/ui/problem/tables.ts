import type { SolutionTree } from '../../evaluation/solutionTree.ts';
import type { Table } from '../../plots/tables.ts';
import { probabilityOf } from '../shares.ts';
import { factorOf } from './factor.ts';
import { placeTree, rowText } from './treeLayout.ts';
import * as TABLE from '../../messages/problemTables.ts';
import * as TREE from '../../messages/problemTree.ts';

/** The rows of a solution tree: each answer or beginning with its exact probabilities, what is pooled, and the sum. */
export function tableOfTree(tree: SolutionTree, isBaseOnly: boolean): Table {
  const placed = placeTree(tree.nodes);
  const row = (text: string, kind: string, base: number, now: number): string[] => [
    text,
    kind,
    probabilityOf(base),
    ...(isBaseOnly ? [] : [probabilityOf(now), factorOf(base, now)]),
  ];
  const { otherRight, p } = tree;
  const others = TREE.otherRight({ count: otherRight.count });
  return {
    head: [
      ...[TABLE.answer, TABLE.kind, TREE.baseColumn],
      ...(isBaseOnly ? [] : [TREE.nowColumn, TABLE.factor]),
    ],
    rows: [
      ...placed.leaves.map((i) => {
        const { node } = placed.nodes[i]!;
        const kind =
          node.correct === null ? TABLE.beginning : node.correct ? TABLE.right : TABLE.wrong;
        return row(rowText(placed, i), kind, node.base, node.now);
      }),
      ...(otherRight.count > 0 ? [row(others, TABLE.right, otherRight.base, otherRight.now)] : []),
      row(TREE.allRight, TABLE.right, p.base, p.now),
    ],
    note: '',
  };
}
