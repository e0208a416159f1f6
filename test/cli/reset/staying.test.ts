import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whoStays } from '../../../src/cli/reset/staying.ts';

const one = { configured: ['edge-01'], isOpen: false, foreign: ['edge-01'] };

test('nobody stays when the last node goes', () => {
  assert.deepEqual(whoStays(one, ['edge-01']), { nodes: null });
  assert.deepEqual(whoStays({ ...one, foreign: [] }, ['edge-01']), { nodes: null });
});

test('the rest of a config stays, in the cluster or not yet, and so do other configs’ nodes', () => {
  const fleet = { ...one, configured: ['edge-01', 'edge-02', 'edge-03'] };
  assert.deepEqual(whoStays(fleet, ['edge-01', 'edge-02']), { nodes: 'edge-03' });
  assert.deepEqual(whoStays({ ...one, foreign: ['edge-01', 'a', 'b', 'c', 'd', 'e'] }, ['edge-01']), {
    nodes: 'a, b, c and 2 more',
  });
  assert.deepEqual(whoStays(one, []), { nodes: 'edge-01' });
});

test('who can’t be counted may be there', () => {
  assert.deepEqual(whoStays({ ...one, configured: [], isOpen: true, foreign: [] }, ['edge-01']), {
    nodes: 'machines that name themselves',
  });
  assert.deepEqual(whoStays({ ...one, foreign: null }, ['edge-01']), {
    nodes: 'nodes of a cluster that can’t be asked',
  });
});
