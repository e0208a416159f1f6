import assert from 'node:assert/strict';
import { test } from 'node:test';
import { watchCluster } from '../../../src/cli/wait/cluster.ts';
import { conclude } from '../../../src/cli/wait/conclude.ts';
import { departure } from '../../../src/cli/wait/journey.ts';
import { ok } from '../../../src/diagnostics/diagnostic.ts';
import type { ApiServer } from '../../../src/kubernetes/api-server.ts';
import { ClusterRefused } from '../../../src/kubernetes/refused.ts';

type Specs = Parameters<typeof watchCluster>[1];

const joining: Specs = {
  auth: {
    mode: 'bootstrap-token',
    credentialUse: 'bootstrap',
    token: { kind: 'env', name: 'TOKEN', at: 'auth.token' },
    ttlSeconds: null,
  },
  network: { mode: 'external' },
  configured: ['edge'],
};

/** A cluster without anything in it; each sign-in refuses with these, one call after the other, before it answers. */
async function watched(...signIns: (readonly number[])[]) {
  let opened = 0;
  const open = async () => {
    const refusals = [...(signIns[opened++] ?? [])];
    const api: ApiServer = {
      server: 'https://a',
      time: () => null,
      async call({ path, verb }) {
        if (path === '/version') return { gitVersion: 'v1.36.4' };
        const status = refusals.shift();
        if (status !== undefined && status !== 200)
          throw new ClusterRefused(`refused (${status})`, '', status);
        return verb === 'get' ? undefined : { items: [] };
      },
    };
    return ok(api);
  };
  const cluster = await watchCluster(['edge'], joining, open);
  assert.ok(cluster.ok);
  return { cluster: cluster.value, opened: () => opened };
}

test('a sign-in that has run out is renewed, once', async () => {
  const renewed = await watched([401]);
  assert.equal((await renewed.cluster.look())?.nodes.size, 0);
  assert.equal(renewed.opened(), 2);
  const lost = await watched([401], [401]);
  await assert.rejects(lost.cluster.look(), { message: 'refused (401)' });
});

test('an API server that has answered once may be silent, and is not taken for a cluster without nodes', async () => {
  for (const status of [0, 429, 503]) {
    const { cluster } = await watched([status]);
    assert.equal(await cluster.look(), null);
    assert.equal(cluster.trouble()?.status, status);
    await assert.rejects(conclude([departure('edge', 0)], cluster), { message: `refused (${status})` });
    assert.notEqual(await cluster.look(), null);
    assert.equal(cluster.trouble(), null);
  }
});

test('what may not be seen is left out, but for the nodes', async () => {
  const { cluster } = await watched([403]);
  const look = await cluster.look();
  assert.equal(look?.requests, null);
  assert.equal(cluster.background().version, '1.36.4');
  const { cluster: blind } = await watched([200, 403]);
  await assert.rejects(blind.look(), { message: 'refused (403)' });
});
