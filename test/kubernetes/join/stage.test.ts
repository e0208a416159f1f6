import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Look } from '../../../src/kubernetes/join/look.ts';
import type { SeenNode } from '../../../src/kubernetes/join/node.ts';
import { pulse } from '../../../src/kubernetes/join/pulse.ts';
import type { NodeRequest, RequestState } from '../../../src/kubernetes/join/request.ts';
import { standingOf } from '../../../src/kubernetes/join/stage.ts';

const at = (time: string): number => Date.parse(`2026-11-25T${time}Z`);

const request = (state: RequestState, created: string): NodeRequest => ({
  name: 'csr-1',
  node: 'edge',
  requestor: 'system:bootstrap:abcdef',
  groups: [],
  created: at(created),
  state,
  message: '',
  validFrom: null,
});

const node = (status: string, since: string): SeenNode => ({
  name: 'edge',
  created: '2026-11-25T09:00:00Z',
  kubelet: '1.36.4',
  addresses: [],
  podCIDR: '',
  taints: [],
  unschedulable: false,
  conditions: [{ type: 'Ready', status, reason: '', message: '', since: `2026-11-25T${since}Z` }],
});

function stage(
  seen: NodeRequest | null,
  there: SeenNode | null,
  lease: Parameters<typeof standingOf>[2] = null,
): string {
  const look: Look = {
    now: 0,
    requests: new Map(seen === null ? [] : [['edge', seen]]),
    nodes: new Map(there === null ? [] : [['edge', there]]),
    leases: new Map(),
    events: [],
  };
  return standingOf('edge', look, lease).stage;
}

test('the stages of a join, in their order', () => {
  assert.equal(stage(null, null), 'request');
  assert.equal(stage(request('pending', '10:00:00'), null), 'approval');
  assert.equal(stage(request('denied', '10:00:00'), null), 'approval');
  assert.equal(stage(request('approved', '10:00:00'), null), 'signature');
  assert.equal(stage(request('failed', '10:00:00'), null), 'signature');
  assert.equal(stage(request('issued', '10:00:00'), null), 'registration');
  assert.equal(stage(request('issued', '10:00:00'), node('False', '10:00:03')), 'ready');
  assert.equal(stage(request('issued', '10:00:00'), node('True', '10:00:09')), 'done');
});

test('a node object that an earlier machine of that name has left', () => {
  const left = node('Unknown', '09:30:00');
  assert.equal(stage(null, left), 'ready');
  assert.equal(stage(request('pending', '10:00:00'), left), 'approval');
  // A request of before: the node has been heard of since.
  assert.equal(stage(request('pending', '09:00:00'), left), 'ready');
  const silent = { version: '1', seen: 0, alive: false, ahead: null };
  assert.equal(stage(null, node('True', '09:30:00'), silent), 'heartbeat');
  assert.equal(stage(null, node('True', '09:30:00'), { ...silent, alive: true }), 'done');
});

test('a lease that is fresh, or is renewed while somebody looks, is a sign of life', () => {
  const now = at('10:00:00');
  assert.equal(pulse({ version: '1', renewed: now - 5000 }, now, undefined).alive, true);
  const old = pulse({ version: '1', renewed: now - 90_000 }, now, undefined);
  assert.deepEqual([old.alive, old.ahead], [false, null]);
  assert.equal(pulse({ version: '1', renewed: now - 90_000 }, now + 5000, old).alive, false);
  const renewed = pulse({ version: '2', renewed: now - 85_000 }, now + 5000, old);
  assert.deepEqual([renewed.alive, renewed.ahead], [true, -90_000]);
  assert.equal(pulse({ version: '2', renewed: now - 85_000 }, now + 6000, renewed).ahead, -90_000);
  // The clock was set.
  assert.equal(pulse({ version: '3', renewed: now + 14_000 }, now + 15_000, renewed).ahead, null);
});

test('a clock that is ahead is seen at once, and a pause between two looks is no skew', () => {
  const now = at('10:00:00');
  assert.equal(pulse({ version: '1', renewed: now + 45_000 }, now, undefined).ahead, 45_000);
  assert.equal(pulse({ version: '1', renewed: now + 20_000 }, now, undefined).ahead, null);
  const before = pulse({ version: '1', renewed: now }, now, undefined);
  assert.equal(pulse({ version: '2', renewed: now + 5000 }, now + 60_000, before).ahead, null);
});
