import { describeLosses } from '../session/lostContext.ts';

describeLosses([
  ['a rollout', 'sample', 4],
  ['an update', 'update', 6],
  ['the readback of an evaluation', 'score', 2],
  ['the readback of a snapshot', 'snapshot', 3],
]);
