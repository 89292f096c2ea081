import { defineSetting } from '../../core/setting.ts';
import type { EngineKind } from '../../policy/policy.ts';

const ENGINES = {
  auto: { label: 'automatic' },
  webgl: { label: 'WebGL' },
  wasm: { label: 'WebAssembly' },
  reference: { label: 'TypeScript' },
} satisfies Record<'auto' | EngineKind, object>;

/** What computes. */
export const ENGINE_SETTINGS = [
  defineSetting({
    key: 'engine',
    flag: 'engine',
    label: 'Engine',
    help: 'What computes: the GPU through WebGL, the processor through WebAssembly, or plain TypeScript.',
    kind: 'choice',
    table: ENGINES,
    default: 'auto',
    readBy: 'base',
  }),
] as const;
