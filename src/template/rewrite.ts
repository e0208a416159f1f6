import { ok } from '../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import type { Language } from '../encode/index.ts';
import { helperPath, isBlock, isContent, isMustache, isPath, isPlainCall, lookupArguments } from './nodes.ts';
import { misplaced, TAG, TOKEN } from './position.ts';
import { problem } from './problem.ts';
import type { ProblemKind, Source } from './problem.ts';

/** Handlebars' own block helpers that a template may use. Each takes one name. */
const BLOCKS: ReadonlySet<string> = new Set(['if', 'unless', 'each', 'with']);

/** What stands for itself in no template: statements by the name that Handlebars gives their type. */
const REFUSED: Readonly<Record<string, readonly [ProblemKind, string]>> = {
  PartialStatement: ['partial', 'a template cannot include another'],
  PartialBlockStatement: ['partial', 'a template cannot include another'],
  Decorator: ['decorator', 'a template cannot have decorators'],
  DecoratorBlock: ['decorator', 'a template cannot have inline partials'],
};

/** Where the templates' values are, in the output text: `offset` counts UTF-16 units. */
interface Placed {
  readonly offset: number;
  readonly node: hbs.AST.MustacheStatement;
}

/**
 * A template's tree in which each `{{name}}` calls the helper `encode`, and each block gets its value through the helper
 * `given`; or every construct that could put text into the output without the language's encoder.
 */
export function rewrite(
  source: Source,
  language: Language,
  program: hbs.AST.Program,
): Result<hbs.AST.Program> {
  const errors: Diagnostic[] = [];
  const placed: Placed[] = [];
  let output = '';

  function refuse(kind: ProblemKind, message: string, node: hbs.AST.Node, hint?: string): void {
    errors.push(problem(source, kind, message, node.loc, hint));
  }

  function mustache(node: hbs.AST.MustacheStatement): hbs.AST.Statement {
    placed.push({ offset: output.length, node });
    output += TOKEN;
    const { path, loc } = node;
    if (!node.escaped) refuse('unescaped', 'a value is put out without being encoded', node);
    if (!isPath(path)) {
      refuse('literal', 'a literal has no need of a template', node);
      return node;
    }
    if (node.params.length > 0 || !isPlainCall(node))
      refuse('helper', `${path.original} is not a known helper`, node);
    return { ...node, path: helperPath('encode', loc), params: lookupArguments(path) } as hbs.AST.Statement;
  }

  function block(node: hbs.AST.BlockStatement): hbs.AST.Statement {
    const [argument, ...others] = node.params;
    const { loc, path } = node;
    if (isRaw(source, node)) refuse('raw-block', 'a template cannot have raw blocks', node);
    else if (!BLOCKS.has(path.original)) refuse('helper', `${path.original} is not a known block`, node);
    else if (argument === undefined || !isPath(argument) || others.length > 0 || !isPlainCall(node)) {
      refuse('helper', `#${path.original} takes one name`, node);
    }
    output += TAG;
    const body = branch(node.program);
    output += TAG;
    const inverse = branch(node.inverse);
    output += TAG;
    const given = argument !== undefined && isPath(argument) ? lookupArguments(argument) : [];
    const call = { type: 'SubExpression', path: helperPath('given', loc), params: given, loc };
    return { ...node, params: [call], program: body, inverse } as hbs.AST.Statement;
  }

  function branch(part: hbs.AST.Program | undefined): hbs.AST.Program | undefined {
    return part === undefined ? undefined : { ...part, body: part.body.map(statement) };
  }

  function statement(node: hbs.AST.Statement): hbs.AST.Statement {
    if (isMustache(node)) return mustache(node);
    if (isBlock(node)) return block(node);
    if (isContent(node)) output += node.value;
    const refusal = REFUSED[node.type];
    if (refusal !== undefined) refuse(...refusal, node);
    return node;
  }

  const body = program.body.map(statement);
  for (const { offset, node } of placed) {
    const wrong = misplaced(language, output.slice(0, offset), output.slice(offset + TOKEN.length));
    if (wrong !== undefined) refuse(wrong.kind, wrong.message, node, wrong.hint);
  }
  return errors.length > 0 ? { ok: false, errors: sorted(errors) } : ok({ ...program, body });
}

function isRaw(source: Source, { loc: { start } }: hbs.AST.BlockStatement): boolean {
  return (source.text.split(/\r?\n/)[start.line - 1] ?? '').startsWith('{{{{', start.column);
}

/** In the order of the text, so that the reader goes through it once. */
function sorted(errors: readonly Diagnostic[]): Diagnostic[] {
  return errors.toSorted(
    ({ location: a }, { location: b }) =>
      (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0),
  );
}
