import assert from 'node:assert/strict';
import { test } from 'node:test';
import { follow } from '../../../src/cli/wait/follow.ts';
import { isReady } from '../../../src/cli/wait/journey.ts';
import { nowWaiting, summaryOf } from '../../../src/cli/wait/report.ts';
import type { NodeEvent } from '../../../src/kubernetes/join/event.ts';
import type { Look } from '../../../src/kubernetes/join/look.ts';
import type { Reason } from '../../../src/kubernetes/join/reason.ts';
import type { NodeRequest, RequestState } from '../../../src/kubernetes/join/request.ts';

const request = (node: string, state: RequestState): NodeRequest => ({
  name: `csr-${node}`,
  node,
  requestor: 'ann',
  groups: [],
  created: 0,
  state,
  message: '',
  validFrom: null,
});

const readyNode = (name: string) => ({
  name,
  created: '',
  kubelet: '',
  addresses: [],
  podCIDR: '',
  taints: [],
  unschedulable: false,
  conditions: [{ type: 'Ready', status: 'True', reason: '', message: '', since: '' }],
});

const looked = (
  requests: readonly NodeRequest[],
  ready: readonly string[],
  events: readonly NodeEvent[] = [],
): Look => ({
  now: 0,
  requests: new Map(requests.map((it) => [it.node, it])),
  nodes: new Map(ready.map((name) => [name, readyNode(name)])),
  leases: new Map(),
  events,
});

const reason = (lasting: boolean): Reason => ({ code: 'join/x', what: 'waits', hint: '', lasting });

/** Follows by a clock that goes on only while nobody works; a look is what the cluster shows at that second. */
async function watch(
  names: readonly string[],
  lookAt: (second: number) => Look | null,
  { timeout = 600, why = null as Reason | null } = {},
) {
  let now = 0;
  const said: string[] = [];
  const say = (name: string, what: string) => said.push(`${now / 1000} ${name} ${what}`);
  const lines: string[] = [];
  const followed = await follow(
    names,
    { look: async () => lookAt(now / 1000), explain: async () => why },
    {
      timeout: timeout * 1000,
      clock: {
        now: () => now,
        sleep: async (milliseconds) => {
          now += milliseconds;
        },
      },
    },
    {
      stands: async ({ name }, { stage }) => void say(name, stage),
      hears: async ({ node, reason: what }) => void say(node, what),
      wonders: async ({ name }, { what }) => void say(name, what),
      waits: (journeys, at) => void lines.push(nowWaiting(journeys, at)),
    },
  );
  const { journeys } = followed;
  return {
    said,
    lines,
    journeys,
    ready: journeys.filter(isReady).map(({ name }) => name),
    summary: summaryOf(journeys, now),
  };
}

test('each place is said once, and the end is the last node’s', async () => {
  const { said, lines, summary } = await watch(['a', 'b'], (second) =>
    looked(
      second < 2 ? [] : [request('a', 'issued'), request('b', second < 4 ? 'pending' : 'issued')],
      second < 3 ? [] : second < 5 ? ['a'] : ['a', 'b'],
    ),
  );
  assert.deepEqual(said, [
    '0 a request',
    '0 b request',
    '2 a registration',
    '2 b approval',
    '3 a done',
    '4 b registration',
    '5 b done',
  ]);
  assert.equal(summary, 'all 2 nodes are Ready (5 s)');
  assert.equal(
    lines.at(-1),
    '(4 s) 1 of 2 Ready; b has its certificate (csr-b of ann); kubelet is about to register it',
  );
});

test('what may pass is said once, after its time, and waited for; what lasts ends the wait', async () => {
  const pending = () => looked([request('a', 'pending')], []);
  const passing = await watch(['a'], pending, { why: reason(false), timeout: 60 });
  assert.deepEqual(passing.said, ['0 a approval', '10 a waits']);
  assert.deepEqual([passing.ready, passing.summary], [[], 'a is not Ready (60 s)']);

  const lasting = await watch(['a'], pending, { why: reason(true), timeout: 60 });
  assert.deepEqual([lasting.said, lasting.summary], [['0 a approval'], 'a is not Ready (10 s)']);

  // A denial needs no second look.
  const denied = await watch(['a', 'b'], () => looked([request('a', 'denied')], ['b']), {
    why: reason(true),
  });
  assert.equal(denied.summary, '1 of 2 nodes are Ready (0 s)');
});

test('a cluster that is silent for a while is asked again', async () => {
  const { said, ready } = await watch(['a'], (second) =>
    second > 0 && second < 30 ? null : looked([], second < 30 ? [] : ['a']),
  );
  assert.deepEqual([said, ready], [['0 a request', '30 a done'], ['a']]);
});

test('one look', async () => {
  const { said, summary } = await watch(['a'], () => looked([], ['a']), { timeout: 0 });
  assert.deepEqual([said, summary], [['0 a done'], 'a is Ready (0 s)']);
});

test('warnings that come while somebody waits are said, once', async () => {
  const event = (uid: string, type: string, what: string): NodeEvent => ({
    uid,
    node: 'a',
    type,
    reason: what,
    message: '',
    last: '',
  });
  const old = event('1', 'Warning', 'Old');
  const fresh = [
    event('2', 'Warning', 'New'),
    event('3', 'Normal', 'Fine'),
    event('4', 'Warning', 'InvalidDiskCapacity'),
  ];
  const { said } = await watch(['a'], (second) => looked([], [], second === 0 ? [old] : [old, ...fresh]), {
    timeout: 3,
  });
  assert.deepEqual(said, ['0 a request', '1 a New']);
});
