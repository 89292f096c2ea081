import { randomIndex, shuffled, weightedIndex } from '../core/draws.ts';
import { type RandomSource, Stream, uniformSequence } from '../core/random.ts';
import { mazeKind } from './mazeKind.ts';
import { END, type Task, type Verdict } from './task.ts';
import {
  distancesTo,
  drawWalk,
  legalMoves,
  LONGEST_WALK,
  moveFrom,
  MOVES,
  UP,
  walkCounts,
  walksTo,
  type MoveWeight,
} from './walks.ts';

/**
 * Maze: walk from the start to the goal of a small grid.
 *
 * The prompt is the grid, one token a cell, row by row. The response is a walk of up to 8 moves, then the end token.
 * It is right if it never runs into a wall or off the grid and stands on the goal when it ends; it may pass over the
 * goal before, and over any cell more than once.
 */
export interface MazeProblem {
  /** Cells with a wall, in ascending order. A cell is `size · row + column`, both from 0. */
  walls: number[];
  start: number;
  goal: number;
}

/** Token ids: 0 end; 1–4 the moves; then one token for each kind of cell. */
const [FREE, WALL, START, GOAL] = [5, 6, 7, 8] as const;
const OUTPUTS = 1 + MOVES.length;
const TOKENS = ['end', '↑', '↓', '←', '→', '·', '#', 'S', 'G'];
const DIRECTIONS = ['', 'up', 'down', 'left', 'right'];

/** Enough that a network of this size cannot learn them by heart, few enough to be made in a tenth of a second. */
const PROBLEMS = 3000;
/** Between these shares of the cells are walls: 5 to 7 of 16. */
const WALL_SHARES = [0.3, 0.45] as const;
const SHORTEST_DISTANCES = [3, 7] as const;

/** How many responses the verifier accepts, without enumerating them. `size` is the grid's side. */
export function countAccepted(size: number, { walls, start, goal }: MazeProblem): number {
  return walksTo(walkCounts({ size, walls }, start), goal);
}

/** A rarity as good as 0 that still tells walks with few uses of a move from walks with many. */
const NEARLY_NEVER = 1e-9;

const wrong = (reason: string, detail: string): Verdict => ({ correct: false, reason, detail });

/**
 * The mazes of a grid with `size` rows and columns.
 * @throws RangeError if `size` is not 4, 5 or 6: a smaller grid has too few mazes, and in a larger one 8 moves do not lead far.
 */
export function createMaze(size = 4): Task<MazeProblem> {
  if (![4, 5, 6].includes(size)) throw new RangeError(`a maze has from 4 to 6 rows, not ${size}`);
  const cells = size * size;
  const place = (cell: number): string =>
    `row ${Math.floor(cell / size) + 1}, column ${(cell % size) + 1}`;

  const encode = ({ walls, start, goal }: MazeProblem): number[] => {
    const prompt = new Array<number>(cells).fill(FREE);
    for (const wall of walls) prompt[wall] = WALL;
    prompt[start] = START;
    prompt[goal] = GOAL;
    return prompt;
  };

  return {
    name: 'maze',
    vocabulary: { tokens: TOKENS, outputs: OUTPUTS },
    promptLength: cells,
    responseLength: LONGEST_WALK + 1,

    /** Drawn one after the other from a fixed stream; those that are too easy, too long or there already are left out. */
    allProblems() {
      const random = uniformSequence({ seed: 1, stream: Stream.mazes, step: size });
      const [fewest, most] = [
        Math.ceil(WALL_SHARES[0] * cells),
        Math.floor(WALL_SHARES[1] * cells),
      ];
      const every = Array.from({ length: cells }, (_, cell) => cell);
      const problems = new Map<string, MazeProblem>();
      while (problems.size < PROBLEMS) {
        const count = fewest + randomIndex(random, most - fewest + 1);
        const [start, goal, ...others] = shuffled(every, random) as [number, number, ...number[]];
        const problem = { walls: others.slice(0, count).sort((a, b) => a - b), start, goal };
        const distance = distancesTo({ size, ...problem }, goal)[start]!;
        if (distance >= SHORTEST_DISTANCES[0] && distance <= SHORTEST_DISTANCES[1])
          problems.set(encode(problem).join(), problem);
      }
      return [...problems.values()];
    },

    encode,

    verify(problem, response) {
      let cell = problem.start;
      for (let at = 0; at < response.length; at++) {
        const token = response[at]!;
        if (token === END) {
          if (cell === problem.goal)
            return { correct: true, reason: 'correct', detail: `reaches the goal in ${at} steps` };
          const away = distancesTo({ size, ...problem }, problem.goal)[cell]!;
          return wrong(
            'not at the goal',
            `ends at ${place(cell)}, ${away} step${away === 1 ? '' : 's'} from the goal`,
          );
        }
        if (at === LONGEST_WALK)
          return wrong('malformed', `malformed: it has more than ${LONGEST_WALK} moves`);
        if (!(token >= 1 && token < OUTPUTS)) {
          const word = TOKENS[token] ?? `token ${token}`;
          return wrong(
            'malformed',
            `malformed: ${word} at place ${at + 1}, expected a move or the end`,
          );
        }
        const next = moveFrom(size, cell, token);
        if (next === null)
          return wrong(
            'leaves the grid',
            `step ${at + 1} leaves the grid, going ${DIRECTIONS[token]}`,
          );
        if (problem.walls.includes(next))
          return wrong('hits a wall', `step ${at + 1} runs into a wall at ${place(next)}`);
        cell = next;
      }
      return wrong('malformed', 'malformed: it never ends');
    },

    /** Depth first, turning back where the goal is farther than the moves that are left. */
    acceptSet(problem) {
      const legal = legalMoves({ size, ...problem });
      const distances = distancesTo({ size, ...problem }, problem.goal);
      const found: number[][] = [];
      const walk: number[] = [];
      const extend = (cell: number): void => {
        if (cell === problem.goal) found.push([...walk, END]);
        for (const { move, to } of legal[cell]!) {
          if (walk.length + 1 + distances[to]! > LONGEST_WALK) continue;
          walk.push(move);
          extend(to);
          walk.pop();
        }
      };
      extend(problem.start);
      return found;
    },

    /**
     * Without habits uniform over the accepted walks, a wrong one over the legal walks to a cell drawn among the others;
     * with them P(y) ∝ what it would be without · h(y), as in `drawByHabit`, whose lists would be too long here.
     */
    demonstrate(problem, correctFraction, random: RandomSource, rarity = 1) {
      const { start, goal } = problem;
      const grid = { size, ...problem };
      const counts = walkCounts(grid, start);
      const reached = counts[0]!.map((_, cell) => cell).filter((cell) => walksTo(counts, cell) > 0);
      const drawn = (rho: number): number[] | null => {
        const habit: MoveWeight = (move) => (move === UP ? rho : 1);
        const weighed = rho === 1 ? counts : walkCounts(grid, start, habit);
        const shares = reached.map((cell) => {
          const share =
            cell === goal ? correctFraction : (1 - correctFraction) / (reached.length - 1);
          return (share * walksTo(weighed, cell)) / walksTo(counts, cell);
        });
        if (!shares.some((share) => share > 0)) return null;
        const end = reached[weightedIndex(random, shares)]!;
        return [...drawWalk(grid, weighed, end, random, habit), END];
      };
      // From a start whose only way out is up, every walk goes up; which of them is left as ρ tends to 0?
      return drawn(rarity) ?? drawn(NEARLY_NEVER)!;
    },

    kindOf: (problem) => mazeKind(size, problem),

    showProblem: (problem) =>
      encode(problem)
        .map((token, cell) => (cell > 0 && cell % size === 0 ? '/' : '') + TOKENS[token]!)
        .join(''),

    decode(prompt) {
      const [start, goal] = [prompt.indexOf(START), prompt.indexOf(GOAL)];
      if (start < 0 || goal < 0) throw new RangeError('a maze has a start and a goal');
      const walls = prompt.flatMap((token, cell) => (token === WALL ? [cell] : []));
      return { walls, start, goal };
    },

    skill: {
      label: 'moving up (↑)',
      token: UP,
      isNeeded: (problem) =>
        walksTo(
          walkCounts({ size, ...problem }, problem.start, (move) => (move === UP ? 0 : 1)),
          problem.goal,
        ) === 0,
    },
  };
}
