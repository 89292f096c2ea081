import type {
  Engine,
  Policy,
  PolicySnapshot,
  UpdateReport,
  UpdateRequest,
} from '../../policy/policy.ts';
import type { RowPolicy } from '../../policy/rowPolicy.ts';

/** One update that a policy was asked for. */
export interface RecordedUpdate {
  request: UpdateRequest;
  report: UpdateReport;
  /** ∇J at the parameters before it, without clipping. */
  gradient: ArrayLike<number>;
  before: PolicySnapshot;
  after: PolicySnapshot;
}

/** An engine whose policies have gradients that can be read, as those on a processor have. */
interface GradientEngine extends Engine {
  createPolicy(...parts: Parameters<Engine['createPolicy']>): Promise<RowPolicy>;
}

/** The same engine, but the updates of its policies are recorded; the numbers are the same. */
export function recordUpdates(engine: GradientEngine): {
  engine: Engine;
  /** Those that a policy of the engine has been asked for so far. */
  updatesOf(policy: Policy): readonly RecordedUpdate[];
} {
  const recorded = new Map<Policy, RecordedUpdate[]>();
  return {
    engine: {
      ...engine,
      async createPolicy(shape, parameters) {
        const policy = await engine.createPolicy(shape, parameters);
        const updates: RecordedUpdate[] = [];
        const watched: Policy = {
          ...policy,
          async update(request) {
            const before = await policy.snapshot();
            const gradient = await policy.gradient(request);
            const report = await policy.update(request);
            updates.push({ request, report, gradient, before, after: await policy.snapshot() });
            return report;
          },
        };
        recorded.set(watched, updates);
        return watched;
      },
    },
    updatesOf: (policy) => recorded.get(policy) ?? [],
  };
}
