import assert from 'node:assert/strict';
import { test } from 'node:test';
import { containerdSupports, supportedContainerd } from '../../src/catalog/index.ts';

/** Kubernetes minor, oldest containerd that runs it, newest that does not. */
const edges = [
  [34, '2.1.3', '2.1.2'],
  [35, '2.1.5', '2.1.4'],
  [35, '2.2.0', '2.0.11'],
  [36, '2.2.0', '2.1.9'],
  [36, '2.3.0', '1.7.34'],
  [37, '2.2.0', '2.1.9'],
  [33, '2.1.3', '2.1.2'],
] as const;

for (const [minor, runs, tooOld] of edges) {
  test(`Kubernetes 1.${minor} takes containerd ${runs}, not ${tooOld}`, () => {
    assert.equal(containerdSupports(minor, runs), true);
    assert.equal(containerdSupports(minor, tooOld), false);
  });
}

test('another major and what is no version are not taken', () => {
  assert.equal(containerdSupports(36, '3.0.0'), false);
  assert.equal(containerdSupports(36, 'latest'), false);
});

test('the supported range in words', () => {
  assert.equal(supportedContainerd(35), 'containerd 2.1.5 or newer, below 3');
  assert.equal(supportedContainerd(40), 'containerd 2.2.0 or newer, below 3');
});
