/** What the story names, in the order of years; `arXiv` is its number there, where it has one. */
export interface Reference {
  authors: string;
  year: number;
  title: string;
  arXiv?: string;
}

export const REFERENCES: readonly Reference[] = [
  {
    authors: 'Schulman et al.',
    year: 2017,
    title: 'Proximal Policy Optimization Algorithms',
    arXiv: '1707.06347',
  },
  {
    authors: 'Chen et al.',
    year: 2021,
    title: 'Evaluating Large Language Models Trained on Code',
    arXiv: '2107.03374',
  },
  {
    authors: 'Shao et al.',
    year: 2024,
    title: 'DeepSeekMath: Pushing the Limits of Mathematical Reasoning in Open Language Models',
    arXiv: '2402.03300',
  },
  {
    authors: 'Yue et al.',
    year: 2025,
    title:
      'Does Reinforcement Learning Really Incentivize Reasoning Capacity in LLMs Beyond the Base Model?',
    arXiv: '2504.13837',
  },
  {
    authors: 'Liu et al.',
    year: 2025,
    title: 'Understanding R1-Zero-Like Training: A Critical Perspective',
    arXiv: '2503.20783',
  },
  {
    authors: 'Liu et al.',
    year: 2025,
    title:
      'ProRL: Prolonged Reinforcement Learning Expands Reasoning Boundaries in Large Language Models',
    arXiv: '2505.24864',
  },
  {
    authors: 'Cui et al.',
    year: 2025,
    title: 'The Entropy Mechanism of Reinforcement Learning for Reasoning Language Models',
    arXiv: '2505.22617',
  },
  {
    authors: 'Zhu et al.',
    year: 2025,
    title: 'The Surprising Effectiveness of Negative Reinforcement in LLM Reasoning',
    arXiv: '2506.01347',
  },
  {
    authors: 'Shao et al.',
    year: 2025,
    title: 'Spurious Rewards: Rethinking Training Signals in RLVR',
    arXiv: '2506.10947',
  },
  {
    authors: 'Wen et al.',
    year: 2025,
    title:
      'Reinforcement Learning with Verifiable Rewards Implicitly Incentivizes Correct Reasoning in Base LLMs',
    arXiv: '2506.14245',
  },
  {
    authors: 'Wu et al.',
    year: 2025,
    title: 'The Invisible Leash: Why RLVR May or May Not Escape Its Origin',
    arXiv: '2507.14843',
  },
  {
    authors: 'Chen et al.',
    year: 2025,
    title:
      'Pass@k Training for Adaptively Balancing Exploration and Exploitation of Large Reasoning Models',
    arXiv: '2508.10751',
  },
  {
    authors: 'Sun et al.',
    year: 2025,
    title: 'DELTA-Code: How Does RL Unlock and Transfer New Programming Algorithms in LLMs?',
    arXiv: '2509.21016',
  },
  {
    authors: 'Matsutani et al.',
    year: 2025,
    title: 'RL Squeezes, SFT Expands: A Comparative Study of Reasoning LLMs',
    arXiv: '2509.21128',
  },
  {
    authors: 'Karan and Du',
    year: 2025,
    title: 'Reasoning with Sampling: Your Base Model is Smarter Than You Think',
    arXiv: '2510.14901',
  },
  { authors: 'Lambert', year: 2025, title: 'A criticism of conclusions from narrow training sets' },
];
