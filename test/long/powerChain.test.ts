import { it } from 'vitest';
import { expectChains } from '../evaluation/chainTwin.ts';

it(
  '20,000 chains make what the law says, after 0, 1 and 4 moves, within 4 standard errors each',
  () => expectChains(20_000),
  120_000,
);
