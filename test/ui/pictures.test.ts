import { describe, expect, it } from 'vitest';
import { createMaze } from '../../src/tasks/maze.ts';
import { showResponse } from '../../src/tasks/task.ts';
import { distinctAnswers } from '../../src/ui/tasks/picture.ts';
import { lanePoints, pathOf, visitShares } from '../../src/ui/tasks/walkPath.ts';

const [END, UP, DOWN, LEFT, RIGHT] = [0, 1, 2, 3, 4];
const maze = createMaze();
// S · · #
// # # · ·
// · · · G
// · # # ·
const problem = { walls: [3, 4, 5, 13, 14], start: 0, goal: 11 };
const path = (...tokens: number[]) => pathOf(4, problem, tokens);

describe('the path of a walk', () => {
  it('is the cells it stands on', () => {
    expect(path(RIGHT, RIGHT, DOWN, DOWN, RIGHT, END)).toEqual({
      cells: [0, 1, 2, 6, 10, 11],
      moves: [RIGHT, RIGHT, DOWN, DOWN, RIGHT],
      crash: null,
    });
  });

  it('ends where it fails: at a wall, at the edge, at what is no move, after 8 moves', () => {
    expect(path(RIGHT, DOWN, RIGHT, END)).toEqual({ cells: [0, 1], moves: [RIGHT], crash: DOWN });
    expect(path(UP, RIGHT, END)).toEqual({ cells: [0], moves: [], crash: UP });
    expect(path(RIGHT, 7, RIGHT).cells).toEqual([0, 1]);
    expect(path(RIGHT, LEFT, RIGHT, LEFT, RIGHT, LEFT, RIGHT, LEFT, RIGHT).moves.length).toBe(8);
  });

  it('ends on the goal exactly where the verifier takes the walk', () => {
    for (const p of maze.allProblems().slice(0, 20)) {
      let walks: number[][] = [[]];
      for (let length = 0; length <= 5; length++) {
        for (const walk of walks) {
          const { cells, crash } = pathOf(4, p, [...walk, END]);
          const arrives = crash === null && cells.at(-1) === p.goal;
          if (arrives !== maze.verify(p, [...walk, END]).correct)
            throw new Error(`${maze.showProblem(p)}: ${walk.join()}`);
        }
        walks = walks.flatMap((walk) => [UP, DOWN, LEFT, RIGHT].map((move) => [...walk, move]));
      }
    }
  });
});

describe('the shares of visits', () => {
  it('count a walk once for each cell, however often it comes there', () => {
    const shares = visitShares(4, [path(RIGHT, LEFT, RIGHT, END), path(END)]);
    expect(shares.slice(0, 3)).toEqual([1, 0.5, 0]);
    expect(visitShares(4, [])).toEqual(new Array(16).fill(0));
  });
});

describe('the line of a walk', () => {
  it('keeps to the right: there and back lie side by side', () => {
    // To the right of going right is below: y = 5 + 2; back it is above: y = 5 − 2.
    expect(lanePoints(4, path(RIGHT, LEFT, END), 10, 2)).toEqual([
      [5, 7],
      [15, 7],
      [15, 3],
      [5, 3],
    ]);
  });

  it('cuts a right turn short, and runs 0.55 cells into what it fails at', () => {
    // Going down, right is to the left of the page: the corner is at (15 − 2, 5 + 2).
    expect(lanePoints(4, path(RIGHT, DOWN), 10, 2)).toEqual([
      [5, 7],
      [13, 7],
      [13, 10.5],
    ]);
    expect(lanePoints(4, path(END), 10, 2)).toEqual([[5, 5]]);
  });
});

describe('the distinct answers', () => {
  it('are counted, the right ones first, the more frequent first', () => {
    const answer = (correct: boolean, ...tokens: number[]) => ({
      ...{ tokens, correct, detail: '', text: showResponse(maze, tokens) },
    });
    const answers = distinctAnswers([
      answer(false, UP, END),
      answer(true, DOWN, END),
      answer(false, END),
      answer(true, LEFT, END),
      answer(false, END),
      answer(true, LEFT, END),
    ]);
    expect(answers.map(({ text, count }) => [text, count])).toEqual([
      ['←', 2],
      ['↓', 1],
      ['(empty)', 2],
      ['↑', 1],
    ]);
  });
});
