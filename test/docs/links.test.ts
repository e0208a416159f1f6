import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import GithubSlugger from 'github-slugger';
import { root } from '../cli/run.ts';
import { documents, documentText } from './documents.ts';

/** A document without what stands in fences or in backticks, where brackets are no links. */
const prose = (file: string): string =>
  documentText(file)
    .replaceAll(/^```[^]*?^```$/gm, '')
    .replaceAll(/`[^`\n]*`/g, '');

/** The names by which GitHub lets a document's headings be linked. */
function anchors(file: string): ReadonlySet<string> {
  const slugger = new GithubSlugger();
  const text = documentText(file).replaceAll(/^```[^]*?^```$/gm, '');
  return new Set(Array.from(text.matchAll(/^#+ (.+)$/gm), ([, heading = '']) => slugger.slug(heading)));
}

test('each link of the documents leads to a file that is there, and to a heading of it', () => {
  const all = [...documents(), 'generated/reference.md', '.github/CHANGELOG.md'];
  let seen = 0;
  const dead = all.flatMap((file) =>
    Array.from(prose(file).matchAll(/\]\(([^)\s]+)\)/g), ([, link = '']) => link)
      .filter((link) => !/^[a-z]+:/.test(link))
      .filter((link) => {
        seen += 1;
        const [path = '', anchor] = link.split('#');
        const target = path === '' ? file : join(dirname(file), path);
        return !existsSync(join(root, target)) || (anchor !== undefined && !anchors(target).has(anchor));
      })
      .map((link) => `${file}: ${link}`),
  );
  assert.deepEqual(dead, []);
  assert.ok(seen > 80, `${seen} links`);
});
