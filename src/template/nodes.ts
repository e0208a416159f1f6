/** The nodes of a Handlebars syntax tree, told apart by their type; and the few that a rewrite makes. */

export function isMustache(node: hbs.AST.Node): node is hbs.AST.MustacheStatement {
  return node.type === 'MustacheStatement';
}

export function isBlock(node: hbs.AST.Node): node is hbs.AST.BlockStatement {
  return node.type === 'BlockStatement';
}

export function isContent(node: hbs.AST.Node): node is hbs.AST.ContentStatement {
  return node.type === 'ContentStatement';
}

export function isPath(node: hbs.AST.Node): node is hbs.AST.PathExpression {
  return node.type === 'PathExpression';
}

export function isPlainCall(node: Pick<hbs.AST.BlockStatement, 'hash'>): boolean {
  // Handlebars leaves `hash` undefined where the template has none, whatever its types say.
  const { hash }: { hash?: hbs.AST.Hash } = node;
  return hash === undefined;
}

function text(value: string, loc: hbs.AST.SourceLocation): hbs.AST.StringLiteral {
  return { type: 'StringLiteral', value, original: value, loc };
}

export function helperPath(name: string, loc: hbs.AST.SourceLocation): hbs.AST.PathExpression {
  return { type: 'PathExpression', data: false, depth: 0, parts: [name], original: name, loc };
}

/**
 * The arguments of our helpers: the value of the path's first part, the place of the path as `line:column`, the path as
 * written, and its other parts. The helpers walk those themselves: only so can they name what is missing.
 */
export function lookupArguments(path: hbs.AST.PathExpression): hbs.AST.Expression[] {
  const { loc, parts, original } = path;
  // `@root` is not data by itself: it is where the lookup of the next part begins.
  const first = path.data && parts[0] === 'root' ? 2 : 1;
  const place = `${loc.start.line}:${loc.start.column + 1}`;
  const root = { ...path, parts: parts.slice(0, first) };
  return [root, text(place, loc), text(original, loc), ...parts.slice(first).map((part) => text(part, loc))];
}
