/**
 * Cover@τ, the share of problems that one sample solves with probability at least τ: (1/N) Σ_i 1{p_i ≥ τ}. A number from
 * 0 to 1 that never rises with τ; NaN for no problems.
 *
 * pass@k is a mean of it, over thresholds that for large k lie near 0: pass@k = ∫₀¹ k (1 − τ)^(k−1) Cover@τ dτ.
 *
 * Source: arXiv 2510.08325, "Beyond Pass@k: Breadth-Depth Metrics for Reasoning Boundaries".
 */
export function coverAt(successP: readonly number[], tau: number): number {
  let covered = 0;
  for (const p of successP) if (p >= tau) covered++;
  return covered / successP.length;
}
