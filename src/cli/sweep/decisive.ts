import ts from 'typescript';

/** Properties of the rows of tables that tell a reader something; no number is made from what they say. */
export const WORDS: ReadonlySet<string> = new Set([
  ...['label', 'help', 'source', 'notes', 'formula', 'worked'],
  ...['clipWords', 'gradientWords', 'groupWords', 'heightWords', 'lossWords'],
  ...['noUpdateWords', 'rewardWords', 'shareWords', 'weightWords'],
]);

/**
 * What of a module can decide a number, as its tokens in their order, one a line: without comments, layout and types, and with
 * '' for each text that only a reader reads, which is a property of {@link WORDS} or a part of what is thrown. A text that
 * is put together from anything but literals stays.
 */
export function decisiveTokens(source: string): string {
  const file = ts.createSourceFile('module.ts', source, ts.ScriptTarget.Latest, true);
  const tokens: string[] = [];
  collect(file, false);
  // However many pieces a text is in.
  return tokens.join('\n').replaceAll(/''(?:\n\+\n'')+/g, "''");

  function collect(node: ts.Node, isWord: boolean): void {
    if (isErased(node)) return;
    if (isWord && isTextPart(node)) {
      tokens.push("''");
      return;
    }
    const children = node.getChildren(file);
    // A hole in an array and the end of the file are nodes without a text.
    const text = children.length === 0 ? node.getText(file) : '';
    if (text !== '') tokens.push(text);
    children.forEach((child, i) => {
      if (isOfType(children, i) || isIdleComma(children, i)) return;
      collect(child, isWord || ts.isThrowStatement(node) || isWordsOf(node, child));
    });
  }
}

/** Whether `value` is what a property of a table says to a reader, in literals alone. */
const isWordsOf = (node: ts.Node, value: ts.Node): boolean =>
  ts.isPropertyAssignment(node) &&
  node.initializer === value &&
  WORDS.has(node.name.getText()) &&
  isLiteralText(node.initializer);

const isLiteralText = (node: ts.Expression): boolean =>
  ts.isStringLiteralLike(node) ||
  (ts.isBinaryExpression(node) && isLiteralText(node.left) && isLiteralText(node.right));

const isTextPart = (node: ts.Node): boolean =>
  ts.isStringLiteralLike(node) ||
  [ts.SyntaxKind.TemplateHead, ts.SyntaxKind.TemplateMiddle, ts.SyntaxKind.TemplateTail].includes(
    node.kind,
  );

/** What is gone when the module runs. */
function isErased(node: ts.Node): boolean {
  if (ts.isJSDoc(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node))
    return true;
  if (ts.isImportDeclaration(node))
    return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
  if (ts.isExportDeclaration(node) || ts.isImportSpecifier(node)) return node.isTypeOnly;
  return isType(node);
}

/** The compiler counts a parent class, and `void` before an expression, among the types. */
const isType = (node: ts.Node): boolean =>
  ts.isTypeParameterDeclaration(node) ||
  (ts.isTypeNode(node) &&
    !ts.isExpressionWithTypeArguments(node) &&
    !ts.isVoidExpression(node.parent));

/** Whether a child is only the punctuation of a type: `:` or `as` before one, brackets around type arguments, `!`. */
function isOfType(children: readonly ts.Node[], i: number): boolean {
  const { ColonToken, AsKeyword, SatisfiesKeyword } = ts.SyntaxKind;
  const { ExclamationToken, LessThanToken, GreaterThanToken } = ts.SyntaxKind;
  const kind = children[i]!.kind;
  const isList = (node: ts.Node | undefined): boolean => {
    const members = node?.kind === ts.SyntaxKind.SyntaxList ? node.getChildren() : [];
    return members.length > 0 && isType(members[0]!);
  };
  if (kind === ColonToken || kind === AsKeyword || kind === SatisfiesKeyword)
    return children[i + 1] !== undefined && isType(children[i + 1]!);
  if (kind === ExclamationToken) return ts.isNonNullExpression(children[i]!.parent);
  if (kind === LessThanToken) return isList(children[i + 1]);
  if (kind === GreaterThanToken) return isList(children[i - 1]);
  return isList(children[i]);
}

/**
 * A comma among imports, some of which may be types, or after the last of several, which only the layout decides; but after a
 * hole in an array it makes the array longer.
 */
function isIdleComma(children: readonly ts.Node[], i: number): boolean {
  const child = children[i]!;
  if (child.kind !== ts.SyntaxKind.CommaToken) return false;
  if (ts.isNamedImports(child.parent)) return true;
  return i > 0 && i === children.length - 1 && !ts.isOmittedExpression(children[i - 1]!);
}
