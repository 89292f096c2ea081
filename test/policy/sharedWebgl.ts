import { afterAll, beforeAll } from 'vitest';
import {
  createWebglEngine,
  type WebglEngine,
  type WebglOptions,
} from '../../src/policy/webgl/engine.ts';

/** An engine for all tests of the block that this is called in: most of a test's time is compiling. */
export function sharedWebgl(options: WebglOptions = {}): () => WebglEngine {
  let engine: WebglEngine;
  beforeAll(async () => {
    engine = await createWebglEngine(options);
  });
  afterAll(() => engine.dispose());
  return () => engine;
}
