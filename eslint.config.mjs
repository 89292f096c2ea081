import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import typescript from 'typescript-eslint';
import { defineConfig, globalIgnores } from 'eslint/config';

// A link that a reader may follow to a paper, or to the repository of published numbers, is no request, and neither is the name of a namespace.
const FOREIGN = String.raw`/https?:\u002F\u002F(?!\s|(arxiv\.org|github\.com)\u002F|www\.w3\.org\u002F2000\u002Fsvg$)/`;
const foreignOrigins = [
  ...['Literal[value', 'TemplateElement[value.raw'],
  ...['SvelteLiteral[value', 'SvelteText[value'],
].map((text) => ({
  selector: `${text}=${FOREIGN}]`,
  message: 'The page asks no other origin for anything.',
}));

const foreignRandomness = [
  "MemberExpression[object.name='tf'] > .property",
  'ImportDeclaration[source.value=/^@tensorflow/] ImportSpecifier > .imported',
].map((name) => ({
  selector: `${name}[name=/^(multinomial|random|truncatedNormal)/]`,
  message: 'The random numbers of tfjs do not follow our streams.',
}));

// Random numbers have a seed: the same seed, the same rows.
const unseeded = { object: 'Math', property: 'random' };

// Where parameters, tokens and rows are made. ECMAScript leaves the last bits of these functions to the browser.
const EXACT = ['core', 'tasks', 'policy', 'rl', 'evaluation', 'experiments', 'run'].map(
  (folder) => `src/${folder}/**`,
);
const INEXACT_FUNCTIONS = [
  ...['exp', 'expm1', 'log', 'log1p', 'log2', 'log10', 'pow', 'cbrt', 'hypot'],
  ...['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'atan2'],
  ...['sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh'],
];
const inexact = 'Its last bits differ between browsers; src/core/elementary.ts has what does not.';

export default defineConfig(
  // What is made of something else; and AssemblyScript, whose own compiler checks the kernels.
  globalIgnores(['dist/', 'out/', 'public/', 'src/messages/', 'src/policy/wasm/kernels/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  typescript.configs.recommended,
  svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: typescript.parser } },
  },
  { files: ['**/*.mjs'], languageOptions: { globals: globals.node } },
  {
    rules: {
      // As tsc has it: a name that begins with _ is there to be left out.
      '@typescript-eslint/no-unused-vars': [
        'error',
        {
          argsIgnorePattern: '^_',
          varsIgnorePattern: '^_',
          destructuredArrayIgnorePattern: '^_',
          ignoreRestSiblings: true,
        },
      ],
      // tsc tells it as well, and knows that `??=` reads.
      'no-unused-private-class-members': 'off',
      // What no XML may have, and how a compressed file begins, is said with them.
      'no-control-regex': 'off',
      'no-restricted-properties': ['error', unseeded],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    rules: {
      // Maps, sets and long series are replaced as a whole, in `$state.raw`; no proxy follows what is in them.
      'svelte/prefer-svelte-reactivity': 'off',
      // svelte-check tells it, and knows the names of types.
      'no-undef': 'off',
    },
  },
  {
    files: ['src/embed/element.ts'],
    // The only way to give an element's events their types: they are overloads of what it inherits.
    rules: { '@typescript-eslint/no-unsafe-declaration-merging': 'off' },
  },
  {
    files: ['src/**'],
    rules: { 'no-restricted-syntax': ['error', ...foreignOrigins, ...foreignRandomness] },
  },
  {
    files: EXACT,
    rules: {
      'no-restricted-properties': [
        'error',
        unseeded,
        ...INEXACT_FUNCTIONS.map((property) => ({ object: 'Math', property, message: inexact })),
      ],
      'no-restricted-syntax': [
        'error',
        ...foreignOrigins,
        ...foreignRandomness,
        ...['BinaryExpression[operator="**"]', 'AssignmentExpression[operator="**="]'].map(
          (selector) => ({ selector, message: inexact }),
        ),
      ],
    },
  },
);
