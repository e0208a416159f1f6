import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatPath, parsePath } from '../../src/config/path.ts';

test('paths as messages show them', () => {
  assert.equal(formatPath(['node', 'labels', 'site']), 'node.labels.site');
  assert.equal(formatPath(['nodes', 3, 'name']), 'nodes[3].name');
  assert.equal(formatPath(['node', 'labels', 'example.com/rack']), 'node.labels["example.com/rack"]');
  assert.equal(formatPath([]), '');
});

test('a path comes back as it was', () => {
  const path = fc.array(
    fc.oneof(fc.string({ unit: 'binary' }), fc.nat(), fc.constantFrom('node', 'a-b', '0', '"]', '')),
  );
  fc.assert(
    fc.property(path, (segments) => assert.deepEqual(parsePath(formatPath(segments)), segments)),
    { seed: 3 },
  );
});
