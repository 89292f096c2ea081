import { isSolvable } from '../../evaluation/solvable.ts';

/** A problem that is opened without anyone choosing it. */
export interface AtHand {
  /** Among the held-out problems. */
  index: number;
  why: 'fell' | 'median';
}

/**
 * The problem to open when nobody has chosen one: of those that the base solves (see `isSolvable`) the one whose p has
 * fallen by the largest factor, the first of several; where none has fallen, the one in the middle of the base's order.
 * Null for no problems.
 */
export function problemAtHand(
  baseP: readonly number[],
  nowP: readonly number[] | null,
): AtHand | null {
  if (baseP.length === 0) return null;
  let fallen: { index: number; share: number } | null = null;
  if (nowP?.length === baseP.length)
    baseP.forEach((base, index) => {
      const share = nowP[index]! / base;
      if (isSolvable(base) && share < (fallen?.share ?? 1)) fallen = { index, share };
    });
  const found = fallen as { index: number } | null;
  if (found) return { index: found.index, why: 'fell' };
  const order = baseP.map((_, i) => i).sort((a, b) => baseP[b]! - baseP[a]!);
  return { index: order[Math.floor(order.length / 2)]!, why: 'median' };
}

/** How many times likelier or rarer, with two digits: `× 12`, `÷ 340`, `= ` where nothing moved; `÷ ∞` for what is gone. */
export function factorOf(base: number, now: number): string {
  if (base === now) return '=';
  const [sign, factor] = now > base ? ['×', now / base] : ['÷', base / now];
  if (factor === Infinity) return `${sign} ∞`;
  if (factor < 1.05) return '≈ 1';
  return `${sign} ${factor < 1e5 ? Number(factor.toPrecision(2)) : factor.toExponential(0).replace('+', '')}`;
}
