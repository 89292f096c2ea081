/**
 * A share from 0 to 1 in per cent with two significant digits, such as `63 %`, `0.058 %`; what is smaller than
 * `1e-6` is told as that.
 */
export function percentOf(share: number): string {
  if (share === 0) return '0 %';
  if (share < 1e-6) return '< 0.0001 %';
  // From 99.5 % on two digits would say 100.
  if (share >= 0.995 && share < 1) return '> 99 %';
  return `${Number((100 * share).toPrecision(2))} %`;
}

/** A success probability with two digits, in powers of ten where it is small: `0.23`, `4.1e-6`. */
export function probabilityOf(p: number): string {
  if (p >= 0.001 || p === 0) return String(Number(p.toPrecision(2)));
  return p.toExponential(1).replace('-', '−');
}

/** A share as the strip has it, wherever the same number stands: three decimals, such as `0.347`. */
export const shareOf = (share: number): string => share.toFixed(3);

/** An entropy in nats, with as many digits wherever it stands. */
export const entropyOf = (nats: number): string => nats.toFixed(3);

/** How many times likelier or rarer, with two digits: `× 12`, `÷ 340`, `= ` where nothing moved; `÷ ∞` for what is gone. */
export function factorOf(base: number, now: number): string {
  if (base === now) return '=';
  const [sign, factor] = now > base ? ['×', now / base] : ['÷', base / now];
  if (factor === Infinity) return `${sign} ∞`;
  if (factor < 1.05) return '≈ 1';
  return `${sign} ${factor < 1e5 ? Number(factor.toPrecision(2)) : factor.toExponential(0).replace('+', '')}`;
}
