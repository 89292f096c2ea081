import { defineSetting } from '../../core/setting.ts';
import { STEPS } from '../../rl/needs.ts';
import { SAMPLES } from './needs.ts';

/** How power sampling draws answers. */
export const POWER_SAMPLING_SETTINGS = [
  defineSetting({
    key: 'alpha',
    flag: 'alpha',
    label: 'Power α',
    help: 'Power sampling draws an answer in proportion to this power of its probability; 1 is the base.',
    kind: 'number',
    range: [1, 100],
    default: 4,
    place: 140,
    needs: [SAMPLES, STEPS],
  }),
  defineSetting({
    key: 'blocks',
    flag: 'blocks',
    label: 'Blocks',
    help: 'Power sampling builds an answer in this many blocks and divides its moves equally among them.',
    kind: 'integer',
    range: [1, 32],
    default: 2,
    place: 150,
    needs: [SAMPLES, STEPS],
  }),
  defineSetting({
    key: 'chains',
    flag: 'chains',
    label: 'Chains per problem',
    help: 'Independent Markov chains of power sampling for each held-out problem.',
    kind: 'integer',
    range: [1, 256],
    default: 16,
    place: 160,
    needs: [SAMPLES],
  }),
] as const;
