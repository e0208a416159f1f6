import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareVersions, parseVersion } from '../../src/catalog/index.ts';

test('a version is three numbers', () => {
  assert.deepEqual(parseVersion('1.36.4'), { major: 1, minor: 36, patch: 4 });
  assert.deepEqual(parseVersion('0.10.100'), { major: 0, minor: 10, patch: 100 });
});

for (const text of [
  '',
  '1',
  '1.36',
  'v1.36.4',
  '1.36.4-rc.1',
  '1.36.4.0',
  '1.036.4',
  '1.36.x',
  ' 1.36.4',
  '1.36.4\n',
]) {
  test(`${JSON.stringify(text)} is no version`, () => assert.equal(parseVersion(text), undefined));
}

test('versions are ordered by number, not by letter', () => {
  const sorted = ['1.10.0', '1.9.10', '2.0.0', '1.9.9']
    .flatMap((text) => parseVersion(text) ?? [])
    .toSorted(compareVersions)
    .map(({ major, minor, patch }) => `${major}.${minor}.${patch}`);
  assert.deepEqual(sorted, ['1.9.9', '1.9.10', '1.10.0', '2.0.0']);
  assert.equal(compareVersions({ major: 1, minor: 2, patch: 3 }, { major: 1, minor: 2, patch: 3 }), 0);
});
