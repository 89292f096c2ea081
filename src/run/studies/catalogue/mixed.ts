import type { ClaimSpec } from '../study.ts';
import { COUNTDOWN, study } from './shared.ts';

const of = (domain: 'countdown' | 'programs', k: 1 | 256): string =>
  `heldOut.domains.${domain}.${k}`;

/** Each domain when RL sees both, when it sees that one alone, and what is left of it when it sees the other alone. */
const CLAIMS: ClaimSpec[] = (['countdown', 'programs'] as const).flatMap((domain) => {
  const other = domain === 'countdown' ? 'programs' : 'countdown';
  return ([1, 256] as const).flatMap((k) => [
    { measure: of(domain, k), arm: 'all', against: 'base' },
    { measure: of(domain, k), arm: domain, against: 'all' },
    { measure: of(domain, k), arm: other, against: 'base' },
  ]);
});

export const mixed = study({
  name: 'mixed',
  title: 'One domain and mixed',
  question:
    'One network can do two kinds of problems. What becomes of one kind if RL sees only the other, or both?',
  settings: { ...COUNTDOWN, task: 'mixed' },
  arms: [
    { id: 'all', label: 'both domains', role: 'now', settings: {} },
    {
      id: 'countdown',
      label: 'Countdown only',
      role: 'other',
      settings: { domains: 'countdown' },
    },
    { id: 'programs', label: 'Programs only', role: 'other', settings: { domains: 'programs' } },
  ],
  figure: { kind: 'plane', x: of('countdown', 256), y: of('programs', 256) },
  measures: [
    of('countdown', 1),
    of('countdown', 256),
    of('programs', 1),
    of('programs', 256),
    'entropy',
  ],
  claims: CLAIMS,
  papers: [
    {
      says: 'Narrow training sets, such as MATH and GSM8K alone, cannot show a limit of RL (a criticism); read here as: the narrower, the more is lost.',
      source: 'Lambert 2025',
      sign: -1,
      ...{ measure: of('programs', 256), arm: 'countdown', against: 'all' },
    },
    {
      says: 'The same, with the domains exchanged.',
      why: 'Programs share no token with Countdown but the end, so that training on them alone leaves Countdown’s answers as they were, where training on both moves them.',
      source: 'Lambert 2025',
      sign: -1,
      ...{ measure: of('countdown', 256), arm: 'programs', against: 'all' },
    },
  ],
  why: 'Two domains are few, and they share no token but the end. Each arm takes the same number of prompts per step, so one domain alone gets twice as many of its own as with both.',
});
