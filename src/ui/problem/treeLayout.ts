import type { TreeNode } from '../../evaluation/solutionTree.ts';

/** Where a node of a solution tree stands: its column, counted from the root, and the middle of its row. */
export interface PlacedNode {
  /** Tells nodes of trees of one problem apart, and is the same in all of them. */
  key: string;
  node: TreeNode;
  parent: number;
  children: number[];
  /** Tokens from the root; whole answers, and whatever ends a row, stand in the last column. */
  column: number;
  /** In rows from the top; half a row more is the middle of a row. */
  y: number;
  /** Whether a row ends here: a whole answer, or a beginning whose continuations are not shown. */
  isLeaf: boolean;
}

export interface PlacedTree {
  nodes: PlacedNode[];
  /** Indices of the nodes that end a row, from the top. */
  leaves: number[];
  columns: number;
}

/**
 * One row for each leaf, every other node in the middle between its first and its last child, in the order of the tree.
 * Not `cluster` of d3-hierarchy: that would be a further package, and this is a few lines.
 */
export function placeTree(tree: readonly TreeNode[]): PlacedTree {
  const nodes: PlacedNode[] = [];
  tree.forEach((node, i) => {
    const parent = nodes[node.parent];
    nodes.push({
      key: parent ? `${parent.key}/${node.word}` : '',
      node,
      parent: node.parent,
      children: [],
      column: parent ? parent.column + 1 : 0,
      y: 0,
      isLeaf: true,
    });
    if (!parent) return;
    parent.children.push(i);
    parent.isLeaf = false;
  });
  // Depth first, so that leaves come from the top down, and children after their parents.
  const leaves = nodes.flatMap(({ isLeaf }, i) => (isLeaf ? [i] : []));
  leaves.forEach((i, row) => (nodes[i]!.y = row + 0.5));
  for (const node of [...nodes].reverse())
    if (!node.isLeaf) node.y = (nodes[node.children[0]!]!.y + nodes[node.children.at(-1)!]!.y) / 2;
  return { nodes, leaves, columns: Math.max(1, ...nodes.map(({ column }) => column)) };
}

/** How thick a band of probability π is, of 1 for certainty. */
export const THICKNESS = { linear: (p: number) => p, root: Math.sqrt } as const;

export interface BandScale {
  thickness: (p: number) => number;
  /** Pixels of a band of probability 1. */
  whole: number;
  /** Pixels below which the core of a band becomes a dashed line of this width. */
  hairline: number;
  columnWidth: number;
  rowHeight: number;
  /** Where the rows end, in pixels: bands of whole answers go on to it. */
  end: number;
}

/** The line from a node's parent to it. */
export interface Line {
  key: string;
  d: string;
  width: number;
}

/** The part of a band that goes on to right answers of the tree. */
export interface Core extends Line {
  /** Whether it is rarer than it is thick. */
  isDashed: boolean;
}

/** What goes on from a node to answers that are not shown: a wedge from `x` that fades out. */
export interface Wedge {
  key: string;
  x: number;
  top: number;
  bottom: number;
}

/** Pixels. */
const INVISIBLE = 0.25;

/** A line that leaves its source and reaches its target horizontally. */
function link([x, y]: [number, number], [toX, toY]: [number, number]): string {
  const middle = (x + toX) / 2;
  return `M${x},${y}C${middle},${y},${middle},${toY},${toX},${toY}`;
}

/** The place of a node in pixels. */
export const placeOf = (
  { column, node, y }: PlacedNode,
  { columnWidth, rowHeight, end }: BandScale,
): [x: number, y: number] => [node.correct === null ? column * columnWidth : end, y * rowHeight];

/**
 * The bands of a tree whose nodes have the probabilities `p`. At its parent a band lies beside those of its siblings, as
 * far down as their shares of the parent's probability say, and what is left over there becomes a wedge. Within a band its
 * core is as thick as what of it ends in right answers of the tree, and lies where their bands do further on. Thick lines
 * come first, so that thin ones lie above them; a band too thin to be seen is left out, but never its core.
 */
export function bandsOf(
  { nodes }: PlacedTree,
  p: readonly number[],
  scale: BandScale,
): { bands: Line[]; cores: Core[]; wedges: Wedge[] } {
  const { thickness, whole, hairline } = scale;
  const { right, center } = coresOf(nodes, p);
  const widthOf = (probability: number): number => whole * thickness(probability);
  const bands: Line[] = [];
  const cores: Core[] = [];
  const wedges: Wedge[] = [];
  nodes.forEach((parent, i) => {
    const [x, y] = placeOf(parent, scale);
    const width = widthOf(p[i]!);
    const top = y - width / 2;
    let share = 0;
    for (const child of parent.children) {
      const part = p[i]! > 0 ? p[child]! / p[i]! : 0;
      const own = widthOf(p[child]!);
      const { key } = nodes[child]!;
      const [toX, toY] = placeOf(nodes[child]!, scale);
      /** At a share of the band's thickness, from its upper edge. */
      const lineAt = (at: number): string =>
        link([x, top + width * Math.min(1, share + part * at)], [toX, toY + own * (at - 0.5)]);
      if (own >= INVISIBLE) bands.push({ key, d: lineAt(0.5), width: own });
      if (right[child] !== null) {
        const core = widthOf(right[child]!);
        cores.push({
          ...{ key, d: lineAt(center[child]!), width: Math.max(core, hairline) },
          isDashed: core < hairline,
        });
      }
      share += part;
    }
    if (parent.node.correct !== null) return;
    const left = width * Math.max(0, 1 - share);
    if (left >= 1)
      wedges.push({ key: parent.key, x, top: y + width / 2 - left, bottom: y + width / 2 });
  });
  const thickFirst = (a: Line, b: Line): number => b.width - a.width;
  return { bands: bands.sort(thickFirst), cores: cores.sort(thickFirst), wedges };
}

/**
 * Of every node the probability that goes on to right answers of the tree, null where there are none, and where in its
 * band that lies, from 0 at the upper edge to 1.
 */
function coresOf(
  nodes: readonly PlacedNode[],
  p: readonly number[],
): { right: (number | null)[]; center: number[] } {
  const right = nodes.map(({ node }, i) => (node.correct ? p[i]! : null));
  const center = nodes.map(() => 0.5);
  // Children stand after their parents.
  for (let i = nodes.length - 1; i >= 0; i--) {
    let share = 0;
    let weighted = 0;
    for (const child of nodes[i]!.children) {
      const part = p[i]! > 0 ? p[child]! / p[i]! : 0;
      if (right[child] !== null) {
        right[i] = (right[i] ?? 0) + right[child]!;
        weighted += right[child]! * (share + part * center[child]!);
      }
      share += part;
    }
    if (right[i] && nodes[i]!.children.length > 0) center[i] = Math.min(1, weighted / right[i]!);
  }
  return { right, center };
}

/** The words from the root to a node, and how a row that ends there is written. */
export function rowText({ nodes }: PlacedTree, index: number): string {
  const words: string[] = [];
  for (let at = index; at > 0; at = nodes[at]!.parent) words.unshift(nodes[at]!.node.word);
  const text = words.filter((word) => word !== '').join(' ');
  return nodes[index]!.node.correct === null ? `${text} …` : text;
}
