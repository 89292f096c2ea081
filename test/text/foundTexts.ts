import { parse } from 'svelte/compiler';
import ts from 'typescript';

/** A text that a reader may see or hear, written where it is used instead of in messages/. */
export interface FoundText {
  text: string;
  /** The attribute or property that it is the value of; null where it stands by itself. */
  of: string | null;
}

/** What a reader sees or hears of an element or a figure, besides what stands in it. */
const READ =
  /^(aria-(label|description|roledescription|valuetext)|title|placeholder|alt|label|caption|summary|name|note|unit|formula|text|words?|help|hint|detail|legendNote|[xy]Label)$/;

/** What is no text, whatever words it has: how something looks, where it goes, what it is called by a program. */
const NEVER =
  /^(class|style|style:.*|d|transform|viewBox|points|fill|stroke.*|dash|color|href|id|for|role|key|kind|room|data-.*)$/;

const hasLetter = (text: string): boolean => /\p{L}/u.test(text);
/** Words between spaces; what CSS and SVG are written in is none. */
const reads = (text: string): boolean =>
  /\p{L}{2}/u.test(text) &&
  /\p{L}[\p{L}’,.:;)]* |(^|[^,]) +\p{L}{2}/u.test(text) &&
  !/var\(--|calc\(|^(translate|rotate|matrix)\(|^\([a-z-]+: |^[a-z-]+: [^ ]+;?$/.test(text);

type Node = { type: string } & Record<string, unknown>;
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** What a literal says, with `{}` for each expression in it; null if it is no literal. */
function literalOf(node: Node): string | null {
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : null;
  if (node.type !== 'TemplateLiteral') return null;
  const quasis = node['quasis'] as { value: { cooked: string } }[];
  return quasis.map(({ value }) => value.cooked).join('{}');
}

const nameOf = (key: unknown): string | null =>
  isNode(key)
    ? key.type === 'Identifier'
      ? (key['name'] as string)
      : String(key['value'] ?? '')
    : null;

/** The texts in place in a component: in its markup, in attributes that are read, and in its expressions. */
export function textsInComponent(source: string): FoundText[] {
  const { fragment, instance, module } = parse(source, { modern: true });
  const found: FoundText[] = [];
  const visit = (node: Node, of: string | null): void => {
    if (
      /^(ImportDeclaration|ThrowStatement|Comment|TS(Literal|Union|Interface).*)$/.test(node.type)
    )
      return;
    const text = node.type === 'Text' ? (node['data'] as string) : literalOf(node);
    const isMarkup = node.type === 'Text';
    if (text !== null && !(of && NEVER.test(of))) {
      const shown = of === null ? isMarkup : READ.test(of);
      if (shown ? hasLetter(text.replaceAll('{}', '')) : !isMarkup && reads(text))
        found.push({ text: text.trim().replace(/\s+/g, ' '), of });
    }
    const named =
      node.type === 'Property'
        ? nameOf(node['key'])
        : node.type === 'Attribute' || node.type === 'StyleDirective'
          ? (node.type === 'StyleDirective' ? 'style:' : '') + String(node['name'])
          : /^(ConditionalExpression|LogicalExpression|TemplateLiteral|ExpressionTag|ParenthesizedExpression)$/.test(
                node.type,
              )
            ? of
            : null;
    for (const [key, value] of Object.entries(node)) {
      if (key === 'key' || key === 'typeAnnotation' || key === 'quasis' || key === 'metadata')
        continue;
      for (const child of Array.isArray(value) ? value : [value])
        if (isNode(child)) visit(child, key === 'test' ? null : named);
    }
  };
  for (const part of [module, instance, fragment])
    if (part) visit(('content' in part ? part.content : part) as unknown as Node, null);
  return found;
}

/** The texts in place in a module: words between spaces, or a property that is read; those of thrown errors are none. */
export function textsInModule(source: string): FoundText[] {
  const found: FoundText[] = [];
  const visit = (node: ts.Node, of: string | null): void => {
    if (
      ts.isImportDeclaration(node) ||
      ts.isExportDeclaration(node) ||
      ts.isThrowStatement(node) ||
      ts.isTypeNode(node)
    )
      return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
      const text = ts.isStringLiteralLike(node)
        ? node.text
        : node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join('');
      const shown = of !== null && READ.test(of) && hasLetter(text.replaceAll('{}', ''));
      if (!(of && NEVER.test(of)) && (shown || reads(text))) found.push({ text, of });
    }
    const named = ts.isPropertyAssignment(node)
      ? node.name.getText().replace(/'/g, '')
      : ts.isConditionalExpression(node) ||
          ts.isParenthesizedExpression(node) ||
          ts.isArrowFunction(node)
        ? of
        : null;
    ts.forEachChild(node, (child) => visit(child, named));
  };
  visit(ts.createSourceFile('module.ts', source, ts.ScriptTarget.Latest, true), null);
  return found;
}
