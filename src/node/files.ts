import type { NodeFile, NodeTemplates } from './plan.ts';

const plain = { mode: 0o644, phase: 'image', secret: false } as const;

/** What a file is that holds a credential. */
export const withSecret = { mode: 0o600, phase: 'boot', secret: true } as const;

/** `template` where the node's path is not the template's. */
type Options = Partial<Omit<NodeFile, 'path' | 'content'>> & { readonly template?: string };

/** A file from templates/node as it stands there. */
export function staticFile(
  templates: NodeTemplates,
  path: string,
  { template = path, ...options }: Options = {},
): NodeFile {
  return { path, content: templates.text(template), ...plain, ...options };
}

/** By the text of a template: there are few of them, and every node of a fleet asks anew. */
const stripped = new Map<string, string>();

/**
 * A script without its comments, but for the header, and without its indentation: user-data has a limit, and whoever wants
 * to know why reads the source.
 */
function withoutComments(text: string): string {
  const before = stripped.get(text);
  if (before !== undefined) return before;
  const lines = text
    .split('\n')
    .map((line) => line.replace(/^\t+/, ''))
    .filter((line) => line !== '' && !line.startsWith('# shellcheck'));
  const kept = `${lines.filter((line, index) => index < 2 || !line.startsWith('#')).join('\n')}\n`;
  stripped.set(text, kept);
  return kept;
}

/** A script from templates/node. */
export function script(templates: NodeTemplates, path: string, options: Options = {}): NodeFile {
  const { content, ...file } = staticFile(templates, path, { mode: 0o755, ...options });
  return { ...file, content: withoutComments(content) };
}

const library = '/usr/local/lib/flexgen';

const hooks = (templates: NodeTemplates, names: readonly string[]): string =>
  names.map((name) => withoutComments(templates.text(`${library}/modes/${name}.sh`))).join('');

/** What the parts do in their own way during `join`, in one file. */
export function hooksFile(templates: NodeTemplates, names: readonly string[]): NodeFile {
  return { path: `${library}/modes.sh`, content: hooks(templates, names), ...plain };
}

/** What this node does beside those of its image; no file where that is nothing. */
export function bootHooksFiles(templates: NodeTemplates, names: readonly string[]): readonly NodeFile[] {
  const file = { path: `${library}/modes-node.sh`, content: hooks(templates, names), ...plain };
  return names.length === 0 ? [] : [{ ...file, phase: 'boot' }];
}

const rendered = new WeakMap<
  NodeTemplates,
  Map<string, { readonly key: string; readonly content: string }>
>();

/** A template's text, and the last one again where the values are the same: the nodes of a fleet share most of theirs. */
function render(
  templates: NodeTemplates,
  template: string,
  values: Readonly<Record<string, unknown>>,
): string {
  const known = rendered.get(templates) ?? new Map<string, { key: string; content: string }>();
  rendered.set(templates, known);
  const key = JSON.stringify(values);
  const last = known.get(template);
  if (last?.key === key) return last.content;
  const content = templates.render(template, values);
  known.set(template, { key, content });
  return content;
}

/** A file from templates/node with values in it. */
export function renderedFile(
  templates: NodeTemplates,
  path: string,
  values: Readonly<Record<string, unknown>>,
  { template = path, ...options }: Options = {},
): NodeFile {
  return { path, content: render(templates, template, values), ...plain, ...options };
}

/** A file whose text was serialised elsewhere. */
export function textFile(path: string, content: string, options: Omit<Options, 'template'> = {}): NodeFile {
  return { path, content, ...plain, ...options };
}

/** What `flexgen-node reset` removes as a whole, and what it needs until then. */
const wholly =
  /^\/(?:etc\/(?:flexgen|kubernetes)|usr\/local\/lib\/flexgen|var\/lib\/(?:flexgen|kubelet))\/|\/flexgen-node$/;

/** The other files of the image, by which `flexgen-node reset` knows what to remove; a blank between them. */
export const filesToRemove = (files: readonly NodeFile[]): string =>
  files
    .filter(({ path, phase }) => phase === 'image' && !wholly.test(path))
    .map(({ path }) => path)
    .join(' ');
