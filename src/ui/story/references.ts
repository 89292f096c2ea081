/** A paper or a text that the story names; `arXiv` is its number there, where it has one. */
export interface Reference {
  authors: string;
  year: number;
  title: string;
  arXiv?: string | undefined;
}

/** In the order of years. */
export const REFERENCES: readonly Reference[] = `
Schulman et al. | 2017 | Proximal Policy Optimization Algorithms | 1707.06347
Chen et al. | 2021 | Evaluating Large Language Models Trained on Code | 2107.03374
Shao et al. | 2024 | DeepSeekMath: Pushing the Limits of Mathematical Reasoning in Open Language Models | 2402.03300
Yue et al. | 2025 | Does Reinforcement Learning Really Incentivize Reasoning Capacity in LLMs Beyond the Base Model? | 2504.13837
Liu et al. | 2025 | Understanding R1-Zero-Like Training: A Critical Perspective | 2503.20783
Liu et al. | 2025 | ProRL: Prolonged Reinforcement Learning Expands Reasoning Boundaries in Large Language Models | 2505.24864
Cui et al. | 2025 | The Entropy Mechanism of Reinforcement Learning for Reasoning Language Models | 2505.22617
Zhu et al. | 2025 | The Surprising Effectiveness of Negative Reinforcement in LLM Reasoning | 2506.01347
Shao et al. | 2025 | Spurious Rewards: Rethinking Training Signals in RLVR | 2506.10947
Wen et al. | 2025 | Reinforcement Learning with Verifiable Rewards Implicitly Incentivizes Correct Reasoning in Base LLMs | 2506.14245
Wu et al. | 2025 | Reasoning or Memorization? Unreliable Results of Reinforcement Learning Due to Data Contamination | 2507.10532
Wu et al. | 2025 | The Invisible Leash: Why RLVR May or May Not Escape Its Origin | 2507.14843
Chen et al. | 2025 | Pass@k Training for Adaptively Balancing Exploration and Exploitation of Large Reasoning Models | 2508.10751
Sun et al. | 2025 | DELTA-Code: How Does RL Unlock and Transfer New Programming Algorithms in LLMs? | 2509.21016
Matsutani et al. | 2025 | RL Squeezes, SFT Expands: A Comparative Study of Reasoning LLMs | 2509.21128
Karan and Du | 2025 | Reasoning with Sampling: Your Base Model is Smarter Than You Think | 2510.14901
Lambert | 2025 | A criticism of conclusions from narrow training sets
`
  .trim()
  .split('\n')
  .map((line) => {
    const [authors, year, title, arXiv] = line.split(' | ') as [string, string, string, string?];
    return { authors, year: Number(year), title, arXiv };
  });
