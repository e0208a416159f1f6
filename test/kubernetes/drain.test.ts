import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiServer } from '../../src/kubernetes/api-server.ts';
import { drain } from '../../src/kubernetes/drain/drain.ts';
import { podTitle } from '../../src/kubernetes/drain/pods.ts';
import { ClusterRefused } from '../../src/kubernetes/refused.ts';

interface FakePod {
  readonly name: string;
  readonly owner?: string;
  readonly mirror?: boolean;
  /** In seconds, once it has been told to; never where it is not said. */
  readonly endsAfter?: number;
  /** Until that second a budget protects it. */
  readonly protectedUntil?: number;
}

/** A cluster with one node, by a clock that goes on only while nobody works. */
function cluster(pods: readonly FakePod[], { silentAt = [] as readonly number[] } = {}) {
  let now = 0;
  const ending = new Map<string, number>();
  const asked: string[] = [];
  const said: string[] = [];
  const isThere = ({ name, endsAfter = Infinity }: FakePod): boolean =>
    now / 1000 < (ending.get(name) ?? Infinity) + endsAfter;
  const listed = ({ name, owner = 'ReplicaSet', mirror = false }: FakePod): object => ({
    metadata: {
      name,
      namespace: 'x',
      uid: `uid-${name}`,
      ownerReferences: [{ kind: owner, controller: true }],
      annotations: mirror ? { 'kubernetes.io/config.mirror': 'a' } : {},
      ...(ending.has(name) ? { deletionTimestamp: 'now' } : {}),
    },
    spec: {},
  });
  const api: ApiServer = {
    server: 'https://a',
    time: () => null,
    async call({ verb, path, body }) {
      if (silentAt.includes(now / 1000)) throw new ClusterRefused('silent', '', 503);
      if (verb === 'list') return { items: pods.filter(isThere).map(listed) };
      asked.push(`${now / 1000} ${verb} ${path.replace('/api/v1/namespaces/x/pods/', '')}`);
      const { deleteOptions = body } = body as { deleteOptions?: { preconditions?: { uid: string } } };
      const pod = pods.find(
        ({ name }) =>
          `uid-${name}` === (deleteOptions as { preconditions: { uid: string } }).preconditions.uid,
      );
      assert.ok(pod);
      if (now / 1000 < (pod.protectedUntil ?? 0))
        throw new ClusterRefused('busy', '', 429, 'the budget says no');
      ending.set(pod.name, now / 1000);
      return {};
    },
  };
  const clock = {
    now: () => now,
    sleep: async (milliseconds: number) => {
      now += milliseconds;
    },
  };
  const run = async (timeout: number, isDead = false) => {
    const left = await drain(
      api,
      'edge',
      { timeout: timeout * 1000, clock, gracePeriod: null, isDead },
      {
        ends: async (pod) => void said.push(`${now / 1000} ${podTitle(pod)} ends`),
        resists: async ({ pod, why }) => void said.push(`${now / 1000} ${podTitle(pod)}: ${why}`),
        waits: () => undefined,
      },
    );
    return left.map(({ pod, why }) => `${podTitle(pod)}: ${why}`);
  };
  return { run, asked, said, seconds: () => now / 1000 };
}

test('pods are told once, and waited for; those that a node keeps are left alone', async () => {
  const { run, asked, said, seconds } = cluster([
    { name: 'a', endsAfter: 5 },
    { name: 'b', endsAfter: 0 },
    { name: 'of-a-set', owner: 'DaemonSet' },
    { name: 'static', mirror: true },
  ]);
  assert.deepEqual(await run(60), []);
  assert.deepEqual(asked, ['0 create a/eviction', '0 create b/eviction']);
  assert.deepEqual(said, ['0 pod x/a ends', '0 pod x/b ends']);
  assert.equal(seconds(), 6);
});

test('a budget is asked again until it lets go, and said once', async () => {
  const { run, asked, said } = cluster([{ name: 'a', endsAfter: 0, protectedUntil: 4 }]);
  assert.deepEqual(await run(60), []);
  assert.deepEqual(asked, ['0 create a/eviction', '2 create a/eviction', '4 create a/eviction']);
  assert.deepEqual(said, ['0 pod x/a: the budget says no', '4 pod x/a ends']);
});

test('what is left when the time is over, and why', async () => {
  const { run, seconds } = cluster([{ name: 'a' }, { name: 'b', protectedUntil: 100 }]);
  assert.deepEqual(await run(5), [
    'pod x/a: it has been told to end, and has not',
    'pod x/b: the budget says no',
  ]);
  assert.equal(seconds(), 5);
});

test('on a machine that is off, pods are deleted and not asked for', async () => {
  const { run, asked } = cluster([{ name: 'a', endsAfter: 0, protectedUntil: 0 }]);
  assert.deepEqual(await run(60, true), []);
  assert.deepEqual(asked, ['0 delete a']);
});

test('an API server that is silent for a while is asked again, and not for ever', async () => {
  const passing = cluster([{ name: 'a', endsAfter: 0 }], { silentAt: [0, 2] });
  assert.deepEqual(await passing.run(60), []);
  const lasting = cluster([{ name: 'a' }], { silentAt: [0, 2, 4, 5] });
  await assert.rejects(lasting.run(5), { message: 'silent' });
});
