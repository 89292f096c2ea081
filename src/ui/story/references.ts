import { words } from '../../text/words.ts';

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
  { authors: 'Shao et al.', year: 2024, title: 'DeepSeekMath', arXiv: '2402.03300' },
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
    title: 'Understanding R1-Zero-Like Training (Dr. GRPO)',
    arXiv: '2503.20783',
  },
  {
    authors: 'Liu et al.',
    year: 2025,
    title: 'ProRL: prolonged reinforcement learning',
    arXiv: '2505.24864',
  },
  {
    authors: 'Cui et al.',
    year: 2025,
    title: 'The Entropy Mechanism of Reinforcement Learning',
    arXiv: '2505.22617',
  },
  {
    authors: 'Zhu et al.',
    year: 2025,
    title: 'Negative reinforcement in RLVR',
    arXiv: '2506.01347',
  },
  { authors: 'Shao et al.', year: 2025, title: 'Spurious Rewards', arXiv: '2506.10947' },
  {
    authors: 'Wen et al.',
    year: 2025,
    title: 'RLVR implicitly incentivizes correct reasoning (CoT-pass@k)',
    arXiv: '2506.14245',
  },
  { authors: 'Wu et al.', year: 2025, title: 'The Invisible Leash', arXiv: '2507.14843' },
  { authors: 'Chen et al.', year: 2025, title: 'Pass@k training', arXiv: '2508.10751' },
  {
    authors: 'DELTA',
    year: 2025,
    title: 'Grokking-like gains on problems of pass@k 0',
    arXiv: '2509.21016',
  },
  {
    authors: 'RL squeezes, SFT expands',
    year: 2025,
    title: 'What each stage does to the paths of reasoning',
    arXiv: '2509.21128',
  },
  { authors: 'Karan and Du', year: 2025, title: 'Reasoning with Sampling', arXiv: '2510.14901' },
  { authors: 'Lambert', year: 2025, title: 'A criticism of conclusions from narrow training sets' },
];

export const REFERENCE_TEXT = words('story-references', {
  entry: '{authors} ({year}), {title}',
});
