import { createWebglEngine } from '../../../src/policy/webgl/engine.ts';
import { beyondRounding, distancesOf, SHAPES, type Distances } from '../../policy/parity.ts';

/** What this page found, for the test that opened it. */
export interface Report {
  largestTexture: number;
  /** By shape, what is further apart than rounding explains; empty objects where nothing is. */
  beyondRounding: Record<string, Partial<Distances>>;
}

declare global {
  interface Window {
    report: Promise<Report>;
  }
}

async function compare(): Promise<Report> {
  const engine = await createWebglEngine();
  const report: Report = { largestTexture: largestTexture(), beyondRounding: {} };
  for (const [name, shape] of Object.entries(SHAPES))
    report.beyondRounding[name] = beyondRounding(await distancesOf(engine, shape, 20));
  return report;
}

function largestTexture(): number {
  const gl = document.createElement('canvas').getContext('webgl2')!;
  return gl.getParameter(gl.MAX_TEXTURE_SIZE) as number;
}

window.report = compare();
