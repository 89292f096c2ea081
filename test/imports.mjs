// Holds the imports of src against the rules of `importRules.mjs`. dependency-cruiser reads a component only after it is
// compiled, when its imports of types are gone. So it is given a copy of src in which a component `X.svelte` is a file
// `X.svelte.ts` of the imports that stand in it.
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import { parse } from 'svelte/compiler';
import { options } from './importRules.mjs';

/** What a component imports, in its scripts and in its markup: `import …`, `export … from`, `import(…)` as value and type. */
function importsOf(component) {
  const found = [];
  const visit = (node) => {
    if (node === null || typeof node !== 'object') return;
    const named = /Import|Export/.test(node.type) ? (node.source ?? node.argument) : null;
    if (typeof named?.value === 'string') found.push(named.value);
    Object.values(node).forEach(visit);
  };
  visit(parse(component, { modern: true }));
  return found;
}

const root = fileURLToPath(new URL('../', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'rlvr-imports-'));
try {
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  cpSync(join(root, 'package.json'), join(copy, 'package.json'));
  cpSync(join(root, 'src'), join(copy, 'src'), { recursive: true });
  const components = readdirSync(join(copy, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.svelte'))
    .map((file) => join('src', file));
  let read = 0;
  for (const component of components) {
    const file = join(copy, component);
    if (existsSync(`${file}.ts`)) throw new Error(`${component} and ${component}.ts look the same`);
    const imports = importsOf(readFileSync(file, 'utf8'));
    read += imports.length;
    rmSync(file);
    writeFileSync(`${file}.ts`, imports.map((name) => `import '${name}';\n`).join(''));
  }
  if (read === 0) throw new Error('no import was found in any component');

  process.chdir(copy);
  const { output, exitCode } = await cruise(['src'], options);
  const isComponent = new Set(components);
  console.log(
    output.replaceAll(/(src\/\S+\.svelte)\.ts\b/g, (text, name) =>
      isComponent.has(name) ? name : text,
    ),
  );
  process.exitCode = exitCode === 0 ? 0 : 1;
} finally {
  process.chdir(root);
  rmSync(copy, { recursive: true });
}
