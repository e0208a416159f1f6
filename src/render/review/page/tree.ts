import { markup } from '../../../encode/html.ts';
import type { Html } from '../../../encode/html.ts';
import type { ReviewedFile } from '../review.ts';
import { code, marked } from './text.ts';
import { number } from '../../../diagnostics/number.ts';

/** A folder with what a payload writes in it. */
interface Folder {
  readonly folders: Map<string, Folder>;
  readonly files: { readonly name: string; readonly file: ReviewedFile }[];
}

const empty = (): Folder => ({ folders: new Map(), files: [] });

function treeOf(files: readonly ReviewedFile[]): Folder {
  const root = empty();
  for (const file of files) {
    const names = file.path.split('/').filter((name) => name !== '');
    const name = names.pop() ?? file.path;
    let folder = root;
    for (const part of names) {
      const next = folder.folders.get(part) ?? empty();
      folder.folders.set(part, next);
      folder = next;
    }
    folder.files.push({ name, file });
  }
  return root;
}

const tag = (text: string, kind = ''): Html => markup`<span class="tag ${kind}">${text}</span>`;

/** What others may do with it, and what it is. */
function tagsOf({ mode, owner, secret, append }: ReviewedFile): readonly Html[] {
  const bits = Number.parseInt(mode, 8);
  return [
    tag(mode, (bits & 0o002) === 0 ? '' : 'bad'),
    ...((bits & 0o6000) === 0 ? [] : [tag('runs as its owner', 'bad')]),
    ...((bits & 0o111) === 0 ? [] : [tag('program')]),
    ...(owner === null || owner === 'root:root' ? [] : [tag(owner)]),
    ...(secret ? [tag('secret, masked', 'warn')] : []),
    ...(append ? [tag('appended to what is there')] : []),
  ];
}

function fileHtml(name: string, file: ReviewedFile): Html {
  const { bytes, packed, text, sha256, part } = file;
  const title = markup`<span class="path">${name}</span>${tagsOf(file)} <span class="dim">${number(bytes)} bytes</span>`;
  const how = packed === null ? '' : `, ${packed}`;
  const content =
    text === null
      ? markup`<p class="dim">no text, or too much of it; sha256 ${code(sha256 ?? '')}</p>`
      : markup`<pre>\n${marked(text)}</pre>`;
  return markup`<details class="file"><summary>${title}</summary><p class="dim">written by ${part}${how}</p>${content}</details>\n`;
}

function folderHtml({ folders, files }: Folder): Html {
  const below = [...folders].map(([name, folder]) => joined(name, folder));
  return markup`${below}${files.map(({ name, file }) => fileHtml(name, file))}`;
}

/** A folder with nothing but one folder is one line with it. */
function joined(name: string, folder: Folder): Html {
  const [only, ...others] = folder.folders;
  if (only !== undefined && others.length === 0 && folder.files.length === 0)
    return joined(`${name}/${only[0]}`, only[1]);
  const title = markup`<span class="path">${name}/</span>`;
  return markup`<details open><summary>${title}</summary>\n${folderHtml(folder)}</details>\n`;
}

/** The files that a payload writes, as a tree whose leaves open. */
export const tree = (files: readonly ReviewedFile[]): Html => folderHtml(treeOf(files));
