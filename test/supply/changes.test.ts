import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { root } from '../cli/run.ts';

const read = (name: string): string => readFileSync(`${root}/${name}`, 'utf8');
const { version } = JSON.parse(read('package.json')) as { readonly version: string };

interface Entry {
  readonly name: string;
  readonly text: string;
}

/** The entries of a list of changes, in its order. */
function entries(changes: string): readonly Entry[] {
  const [, ...parts] = changes.split(/^## /m);
  return parts.map((part) => {
    const [name = '', ...lines] = part.split('\n');
    return { name, text: lines.join('\n').trim() };
  });
}

const newestFirst = (a: string, b: string): number => b.localeCompare(a, 'en', { numeric: true });

suite('.github/CHANGELOG.md', () => {
  const list = entries(read('.github/CHANGELOG.md'));

  test('says what is in the version of package.json', () => {
    const own = list.find(({ name }) => name === version);
    assert.ok(own !== undefined && own.text.length > 0, `no entry for ${version}`);
  });

  test('has versions alone, each once, newest first, none newer than the package', () => {
    const names = list.map(({ name }) => name).filter((name) => name !== 'Unreleased');
    for (const name of names) assert.match(name, /^\d+\.\d+\.\d+$/);
    assert.deepEqual(names, [...new Set(names)].toSorted(newestFirst));
    assert.equal(names[0], version);
    assert.ok(list.findIndex(({ name }) => name === 'Unreleased') < 1);
  });

  test('leads to where it is said what a version promises', () => {
    assert.ok(read('.github/CHANGELOG.md').includes('(../README.md#versions)'));
    assert.match(read('README.md'), /^## Versions$/m);
  });
});

test('entries are put in the order of their numbers', () => {
  assert.deepEqual(['0.9.0', '0.10.0', '1.0.0'].toSorted(newestFirst), ['1.0.0', '0.10.0', '0.9.0']);
});
