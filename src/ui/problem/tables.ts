import type { SolutionTree } from '../../evaluation/solutionTree.ts';
import type { Table } from '../../plots/tables.ts';
import { say } from '../../text/words.ts';
import { probabilityOf } from '../measures/words.ts';
import { factorOf } from './atHand.ts';
import type { MapRow } from './mapWords.ts';
import { placeTree, rowText } from './treeLayout.ts';
import { MAP, TABLE, TREE } from './words.ts';

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
  const others = say(TREE.otherRight, { count: otherRight.count });
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

/** A row for each held-out problem, in the order of the map. */
export const tableOfMap = (rows: readonly MapRow[]): Table => ({
  head: [TABLE.problem, TABLE.accepted, TABLE.baseP, TABLE.nowP, TABLE.fate],
  rows: rows.map(({ name, accepted, base, now, fate }) => [
    name,
    accepted === undefined ? '–' : String(accepted),
    exact(base),
    now === undefined ? '–' : exact(now),
    fate === 'same' ? '' : MAP[fate],
  ]),
  note: '',
});

/** With as many digits as tell problems apart, without those of rounding. */
const exact = (p: number): string => String(Number(p.toPrecision(6)));
