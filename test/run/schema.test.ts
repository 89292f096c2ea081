import { describe, expect, it } from 'vitest';
import * as s from '../../src/run/schema.ts';

const problemOf = (schema: s.Schema<unknown>, value: unknown): string | null => {
  try {
    s.held(schema, value, 'it', (misfit) => {
      throw new Error(s.said(misfit));
    });
    return null;
  } catch (error) {
    return (error as Error).message;
  }
};

describe('a schema', () => {
  it.each<[schema: s.Schema<unknown>, fit: unknown[], unfit: unknown[]]>([
    [s.number(0, 1), [0, 1, 0.5, -0], [-1e-9, 1.1, NaN, Infinity, '1', null, undefined]],
    [s.share, [0, 1, 1.0005, -0.0005], [-0.01, 1.01, 1e308]],
    [s.amount, [0, 3.4e38], [-1, 1e39, Infinity]],
    [s.real, [-3.4e38, 3.4e38], [-1e39, 1e39, -Infinity]],
    [s.integer(1, 4), [1, 4], [0, 5, 1.5, NaN, '2']],
    [s.text(3), ['', 'abc'], ['abcd', 3, null]],
    [s.flag, [true, false], [0, 'true', null]],
    [s.oneOf('a', 'b'), ['a', 'b'], ['c', 'toString', 1]],
    [s.orNull(s.share), [null, 0, NaN], [undefined, 2, Infinity]],
    [s.maybe(s.share), [undefined, 0], [null, 2]],
    [s.list(s.share, { length: 2 }), [[0, 1]], [[0], [0, 1, 1], [0, 2], { length: 2 }, 'ab']],
    [s.record(/^[a-z_]+$/, s.share), [{}, { a: 1 }], [{ a: 2 }, { B: 1 }, [], [1], null, 'a']],
    [s.fields<{ a?: number }>({ a: s.maybe(s.share) }), [{}, { a: 1 }], [{ b: 1 }, { a: 2 }, 1]],
  ])('takes what fits and nothing else (%#)', (schema, fit, unfit) => {
    for (const value of fit) expect(problemOf(schema, value), String(value)).toBeNull();
    for (const value of unfit)
      expect(problemOf(schema, value), String(value)).toMatch(/^it\S* is .+, expected .+/);
  });

  it('gives what it was given, in the order of its fields', () => {
    const schema = s.fields<{ a: number; b: number }>({ a: s.share, b: s.share });
    const value = { b: 0, a: 1 };
    expect(s.held(schema, value, 'it', () => expect.unreachable())).toBe(value);
  });

  it('names the place, what stands there and what was expected', () => {
    const point = s.fields<{ x: number; of?: string }>({ x: s.share, of: s.maybe(s.oneOf('a')) });
    const schema = s.fields<{ points: object[] }>({ points: s.list(point, { most: 2 }) });
    expect(problemOf(schema, {})).toBe('it.points is missing, expected a list of at most 2');
    const any = s.fields<{ a: unknown }>({ a: s.anything });
    expect(problemOf(any, {})).toBe('it.a is missing, expected something');
    expect(problemOf(schema, [])).toBe('it is a list of 0, expected an object');
    expect(problemOf(schema, { points: [{ x: 0 }, { x: -1 }] })).toBe(
      'it.points[1].x is -1, expected a number from 0 to 1',
    );
    expect(problemOf(schema, { points: [{}] })).toBe(
      'it.points[0].x is missing, expected a number from 0 to 1',
    );
    expect(problemOf(schema, { points: [[]] })).toBe(
      'it.points[0] is a list of 0, expected an object',
    );
    expect(problemOf(schema, { points: [{ x: 0, y: 'z' }] })).toBe(
      'it.points[0].y is ‘z’, expected only fields named x, of',
    );
  });

  it.each([s.record(/^/, s.anything), s.fields<object>({})])('lets no prototype in', (schema) => {
    expect(problemOf(schema, JSON.parse('{"__proto__":{"x":1}}'))).toMatch(
      /^it\.__proto__ is an object, expected/,
    );
  });
});
