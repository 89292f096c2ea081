import { describe, expect, it } from 'vitest';
import { uniformSequence } from '../../src/core/random.ts';
import { countAccepted, createMaze, type MazeProblem } from '../../src/tasks/maze.ts';
import { splitProblems } from '../../src/tasks/registry.ts';
import { showResponse } from '../../src/tasks/task.ts';
import { expectExactWalks } from './mazeTwin.ts';

const maze = createMaze();
const problems = maze.allProblems();
const [END, UP, DOWN, LEFT, RIGHT] = [0, 1, 2, 3, 4];

/** A maze from its picture, written as the page shows it. */
function drawn(picture: string): MazeProblem {
  const cells = [...picture.replaceAll('/', '')];
  return {
    walls: cells.flatMap((cell, i) => (cell === '#' ? [i] : [])),
    start: cells.indexOf('S'),
    goal: cells.indexOf('G'),
  };
}
const verdict = (of: MazeProblem, tokens: number[]) => {
  const { correct, reason, detail } = maze.verify(of, tokens);
  return [correct, reason, detail];
};

describe('the verifier', () => {
  const picture = 'S··#/##·#/#·G·/#··#';
  const p = drawn(picture);

  it('takes a walk that ends on the goal, also one that passes over it or goes back', () => {
    expect(verdict(p, [RIGHT, RIGHT, DOWN, DOWN, END])).toEqual([
      true,
      'correct',
      'reaches the goal in 4 steps',
    ]);
    expect(verdict(p, [RIGHT, LEFT, RIGHT, RIGHT, DOWN, DOWN, END])[0]).toBe(true);
    expect(verdict(p, [RIGHT, RIGHT, DOWN, DOWN, RIGHT, LEFT, END])[0]).toBe(true);
  });

  it('names the wall that a step runs into', () => {
    expect(verdict(p, [RIGHT, DOWN, END])).toEqual([
      false,
      'hits a wall',
      'step 2 runs into a wall at row 2, column 2',
    ]);
  });

  it.each([
    [[UP, END], 'step 1 leaves the grid, going up'],
    [[LEFT, END], 'step 1 leaves the grid, going left'],
    [[RIGHT, RIGHT, DOWN, DOWN, RIGHT, RIGHT, END], 'step 6 leaves the grid, going right'],
    [[RIGHT, RIGHT, DOWN, DOWN, DOWN, DOWN, END], 'step 6 leaves the grid, going down'],
  ])('does not let %j off the grid', (tokens, detail) => {
    expect(verdict(p, tokens)).toEqual([false, 'leaves the grid', detail]);
  });

  it.each([
    [[END], 'ends at row 1, column 1, 4 steps from the goal'],
    [[RIGHT, RIGHT, DOWN, END], 'ends at row 2, column 3, 1 step from the goal'],
    [[RIGHT, RIGHT, DOWN, DOWN, LEFT, END], 'ends at row 3, column 2, 1 step from the goal'],
  ])('wants %j to end on the goal', (tokens, detail) => {
    expect(verdict(p, tokens)).toEqual([false, 'not at the goal', detail]);
  });

  it.each([
    ['no end', [RIGHT, RIGHT, DOWN, DOWN], 'malformed: it never ends'],
    [
      'nine moves, the last of which would reach the goal',
      [RIGHT, LEFT, RIGHT, LEFT, RIGHT, RIGHT, DOWN, DOWN, DOWN],
      'malformed: it has more than 8 moves',
    ],
    ['a prompt token', [RIGHT, 6, END], 'malformed: # at place 2, expected a move or the end'],
    ['no token', [99, END], 'malformed: token 99 at place 1, expected a move or the end'],
  ])('calls malformed: %s', (_, tokens, detail) => {
    expect(verdict(p, tokens)).toEqual([false, 'malformed', detail]);
  });
});

describe('the accept set', () => {
  it('of a corridor, worked by hand', () => {
    // The way has 6 moves and no branch. A walk of 8 takes one step back, which cannot be the first (off the grid) nor
    // the last (it would have to pass the goal, behind which is the end of the grid): at 6 places.
    const p = drawn('S###/·###/·###/···G');
    const walks = maze.acceptSet(p).map((tokens) => showResponse(maze, tokens));
    expect(walks.sort()).toEqual(
      [
        '↓ ↓ ↓ → → →',
        '↓ ↑ ↓ ↓ ↓ → → →',
        '↓ ↓ ↑ ↓ ↓ → → →',
        '↓ ↓ ↓ ↑ ↓ → → →',
        '↓ ↓ ↓ → ← → → →',
        '↓ ↓ ↓ → → ← → →',
        '↓ ↓ ↓ → → → ← →',
      ].sort(),
    );
    expect(countAccepted(4, p)).toBe(7);
  });

  it('is exactly the strings of moves that the verifier and a slow twin accept, here of up to 6', () => {
    for (const p of problems.slice(0, 3)) expectExactWalks(p, 6);
  });

  it('has as many walks as are counted without enumerating them, 74 on average', () => {
    let total = 0;
    for (const p of problems) {
      const count = countAccepted(4, p);
      if (count !== maze.acceptSet(p).length || count === 0)
        expect.unreachable(maze.showProblem(p));
      total += count;
    }
    expect(total / problems.length).toBeCloseTo(74.35, 2);
  });
});

describe('the problems', () => {
  it('are 3000 different mazes with 5 to 7 walls, 3 to 7 moves from the start to the goal', () => {
    expect(problems.length).toBe(3000);
    expect(new Set(problems.map((p) => maze.encode(p).join())).size).toBe(3000);
    const shortest = new Map<number, number>();
    const walls = new Map<number, number>();
    for (const p of problems) {
      const moves = Math.min(...maze.acceptSet(p).map((tokens) => tokens.length - 1));
      shortest.set(moves, (shortest.get(moves) ?? 0) + 1);
      walls.set(p.walls.length, (walls.get(p.walls.length) ?? 0) + 1);
    }
    expect([...shortest.keys()].sort()).toEqual([3, 4, 5, 6, 7]);
    expect([...walls.keys()].sort()).toEqual([5, 6, 7]);
  });

  it('are the same in every run, in the same order', () => {
    expect(createMaze().allProblems()).toEqual(problems);
    expect(problems.slice(0, 2).map(maze.showProblem)).toEqual([
      '##·#/··S·/#··#/G·##',
      '·G··/··##/S#·#/··#·',
    ]);
  });

  it('decode from their prompts, one token a cell', () => {
    expect(maze.encode(problems[0]!)).toEqual([6, 6, 5, 6, 5, 5, 7, 5, 6, 5, 5, 6, 8, 5, 6, 6]);
    expect(problems.map((p) => maze.decode(maze.encode(p)))).toEqual(problems);
  });

  it('are split into disjoint sets', () => {
    const { train, heldOut } = splitProblems(maze, 1);
    const names = new Set(heldOut.map((p) => maze.showProblem(p as MazeProblem)));
    expect([train.length, heldOut.length, names.size]).toEqual([2400, 600, 600]);
    expect(train.filter((p) => names.has(maze.showProblem(p as MazeProblem)))).toEqual([]);
  });

  it('also exist on larger grids, and on a grid of 3 rows there are too few', () => {
    const larger = createMaze(5);
    const p = larger.allProblems()[0]!;
    expect(larger.encode(p).length).toBe(25);
    expect(larger.acceptSet(p).length).toBe(countAccepted(5, p));
    for (const walk of larger.acceptSet(p)) expect(larger.verify(p, walk).correct).toBe(true);
    expect(() => createMaze(3)).toThrow(new RangeError('a maze has from 4 to 6 rows, not 3'));
  });
});

describe('demonstrations', () => {
  it('are right with the probability asked for, otherwise legal walks that end elsewhere', () => {
    const random = uniformSequence({ seed: 3, stream: 99, step: 0 });
    const n = 4000;
    const reasons = new Map<string, number>();
    for (let i = 0; i < n; i++) {
      const p = problems[Math.floor(random() * problems.length)]!;
      const tokens = maze.demonstrate(p, 0.2, random);
      if (tokens.length < 2) expect.unreachable(`no walk of ${maze.showProblem(p)}`);
      const { reason } = maze.verify(p, tokens);
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
    expect([...reasons.keys()].sort()).toEqual(['correct', 'not at the goal']);
    const standardError = Math.sqrt((0.2 * 0.8) / n); // n = 4000
    expect(Math.abs(reasons.get('correct')! / n - 0.2)).toBeLessThan(4 * standardError);
  });

  it('draw every accepted walk equally often', () => {
    const p = problems.find((each) => countAccepted(4, each) === 12)!;
    const random = uniformSequence({ seed: 4, stream: 99, step: 0 });
    const n = 6000;
    const drawnWalks = new Map<string, number>();
    for (let i = 0; i < n; i++) {
      const walk = maze.demonstrate(p, 1, random).join();
      drawnWalks.set(walk, (drawnWalks.get(walk) ?? 0) + 1);
    }
    expect([...drawnWalks.keys()].sort()).toEqual(
      maze
        .acceptSet(p)
        .map((tokens) => tokens.join())
        .sort(),
    );
    const standardError = Math.sqrt((1 / 12) * (11 / 12) * n); // n = 6000
    for (const count of drawnWalks.values())
      expect(Math.abs(count - n / 12)).toBeLessThan(4 * standardError);
  });

  it('draw the cell of a wrong walk uniformly, and the walk uniformly among those that end there', () => {
    // The start is the left end of a corridor of three cells with the goal at its right end, all else walls, so that
    // the walks to the two other cells can be counted by hand: of n moves, n from 1 to 8, only even ones lead back to
    // the start and only odd ones to the middle. A middle step branches in two: 1, 2, 4, 8 walks of each length.
    const p = drawn('S·G#/####/####/####');
    const random = uniformSequence({ seed: 5, stream: 99, step: 0 });
    const n = 6000;
    const byLength = new Array<number>(9).fill(0);
    for (let i = 0; i < n; i++) byLength[maze.demonstrate(p, 0, random).length - 1]!++;
    const share = [0, 1, 1, 2, 2, 4, 4, 8, 8].map((walks) => walks / 15 / 2);
    for (let length = 0; length <= 8; length++) {
      const expected = share[length]!;
      const standardError = Math.sqrt(expected * (1 - expected) * n); // n = 6000
      expect(Math.abs(byLength[length]! - expected * n)).toBeLessThanOrEqual(4 * standardError);
    }
  });
});

describe('the withheld move', () => {
  it('is needed exactly where no accepted walk does without it', () => {
    const needed = problems.filter(maze.skill.isNeeded);
    expect(needed.length).toBe(1587);
    const without = problems.filter((p) => maze.acceptSet(p).every((walk) => walk.includes(UP)));
    expect(without).toEqual(needed);
  });
});
