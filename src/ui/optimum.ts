export { optimumWithPassAt1 } from '../evaluation/klOptimum.ts';
export * as OPTIMUM_TEXT from '../messages/optimum.ts';
