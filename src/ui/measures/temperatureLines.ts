import type { FinalePoint } from '../../experiments/finale.ts';
import type { Series } from '../../plots/series.ts';
import * as FIGURE_TEXT from '../../messages/figures.ts';
import * as TEXT from '../../messages/finale.ts';

const POLICIES = [
  { of: 'base', name: FIGURE_TEXT.base, color: 'var(--base)', dash: '7 5' },
  { of: 'now', name: TEXT.trained, color: 'var(--now)', dash: '' },
  { of: 'matched', name: TEXT.matched, color: 'var(--entropy)', dash: '2 3' },
] as const;

/** Of the lines from a nucleus, beside that of the same policy from all tokens. */
const NUCLEUS_DASH = '2 4';

/** pass@k over temperature: a line for each policy and each top-p, in ascending order of temperature. */
export function temperatureLines(points: readonly FinalePoint[], k: string): Series[] {
  return POLICIES.flatMap(({ of, name, color, dash }) => {
    const own = points.filter((point) => point.of === of).toSorted((a, b) => a.x - b.x);
    const topPs = [...new Set(own.map(({ topP = 1 }) => topP))].sort((a, b) => b - a);
    return topPs.map((topP): Series => ({
      id: topP === 1 ? of : `${of} ${topP}`,
      label: topP === 1 ? name : TEXT.nucleus({ label: name, topP }),
      color,
      dash: topP === 1 ? dash : NUCLEUS_DASH,
      points: own
        .filter((point) => (point.topP ?? 1) === topP)
        .map(({ x, passAt }) => ({ x, y: passAt[k] ?? NaN })),
    }));
  });
}
