/** How many times likelier or rarer, with two digits: `× 12`, `÷ 340`, `= ` where nothing moved; `÷ ∞` for what is gone. */
export function factorOf(base: number, now: number): string {
  if (base === now) return '=';
  const [sign, factor] = now > base ? ['×', now / base] : ['÷', base / now];
  if (factor === Infinity) return `${sign} ∞`;
  if (factor < 1.05) return '≈ 1';
  return `${sign} ${factor < 1e5 ? Number(factor.toPrecision(2)) : factor.toExponential(0).replace('+', '')}`;
}
