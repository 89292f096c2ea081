import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import { describeNumbers } from './numbers.ts';
import { someShapes, WASM_ROUNDING } from './parity.ts';
import { describeParity } from './parityTests.ts';

const engine = await createWasmEngine();

describeParity(() => engine, someShapes('nothing round', 'as the page'), 3, WASM_ROUNDING);
describeNumbers(() => engine);
