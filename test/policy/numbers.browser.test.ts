import { createWebglEngine } from '../../src/policy/webgl/engine.ts';
import { describeNumbers } from './numbers.ts';

describeNumbers(() => createWebglEngine());
