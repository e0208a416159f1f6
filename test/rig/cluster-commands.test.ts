import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openApiServer } from '../../src/kubernetes/access.ts';
import { csr, tokenBindings } from './cluster-lines.ts';
import { startClusterSite } from './cluster-site.ts';
import type { ClusterSite } from './cluster-site.ts';
import { startHttpsServer } from './services/https-server.ts';
import { freePort } from './services/processes.ts';
import { bootstrapGroup } from './services/rbac.ts';
import { application } from '../azure/server/applications.ts';

// One API server for all tests, each of which leaves it as it found it.
let dir: string;
let site: ClusterSite;
let untouched: Awaited<ReturnType<ClusterSite['bindings']>>;

before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'flexgen-cluster-'));
  site = await startClusterSite(dir);
  untouched = await site.bindings();
  await site.writes();
});

after(async () => {
  await site.controlPlane.stop();
  await rm(dir, { recursive: true, force: true });
});

const group = `group ${bootstrapGroup}`;

const applyToken = 'apply --config token.yaml';
const planToken = 'plan --config token.yaml';
const removeToken = 'remove --config token.yaml';

/** Standard error that is one error and its hint. */
function refused(
  outcome: { exitCode: number | null; stdout: string; stderr: string },
  message: string,
  hint: RegExp,
) {
  const [title, remedy = '', ...rest] = outcome.stderr.split('\n');
  assert.deepEqual([outcome.exitCode, outcome.stdout, title, rest], [4, '', `error: ${message}`, ['']]);
  assert.match(remedy, hint);
}

test('plan, apply, apply again, remove, remove again: and the cluster is as it was', async () => {
  assert.deepEqual(await site.cluster(planToken), {
    exitCode: 0,
    stdout: tokenBindings('+'),
    stderr: 'rig: 3 changes to make: `flexgen cluster apply`\n',
  });
  assert.equal((await site.cluster(`${planToken} --check`)).exitCode, 5);
  assert.deepEqual(await site.writes(), []);

  assert.deepEqual(await site.cluster(applyToken), {
    exitCode: 0,
    stdout: tokenBindings('+'),
    stderr: 'rig: 3 changes made\n',
  });
  const names = ['node-bootstrapper:bootstrap-token', 'nodeclient:bootstrap-token', 'selfnodeclient'];
  assert.deepEqual(
    await site.writes(),
    names.map((name) => `patch flexgen:${name} 201`),
  );
  const applied = await site.bindings();
  assert.deepEqual(
    Object.keys(applied).filter((name) => !(name in untouched)),
    names.map((name) => `flexgen:${name}`),
  );
  const { metadata, ...rest } = applied['flexgen:nodeclient:bootstrap-token'] as { metadata: object };
  assert.deepEqual(rest, {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: `${csr}:nodeclient` },
    subjects: [
      { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'system:bootstrappers:flexgen' },
    ],
  });
  assert.deepEqual((metadata as { labels: object }).labels, { 'app.kubernetes.io/managed-by': 'flexgen' });

  assert.deepEqual(await site.cluster(applyToken), {
    exitCode: 0,
    stdout: tokenBindings('='),
    stderr: 'rig: has all that this config needs\n',
  });
  assert.equal((await site.cluster(`${planToken} --check`)).exitCode, 0);
  assert.deepEqual(await site.writes(), []);

  assert.deepEqual(await site.cluster(removeToken), {
    exitCode: 0,
    stdout: tokenBindings('-'),
    stderr: 'rig: 3 changes made\n',
  });
  assert.deepEqual(await site.bindings(), untouched);
  await site.writes();
  assert.deepEqual(await site.cluster(removeToken), {
    exitCode: 0,
    stdout: '',
    stderr: 'rig: has nothing of this config\n',
  });
  assert.deepEqual(await site.writes(), []);
});

test('configs that share a cluster leave each other’s bindings alone', async () => {
  await site.cluster(applyToken);
  const token = await site.bindings();
  const { exitCode, stdout } = await site.cluster('apply --config always.yaml --json');
  const { changes } = JSON.parse(stdout) as { changes: { action: string; name: string; role: string }[] };
  assert.equal(exitCode, 0);
  assert.deepEqual(
    changes.map(({ action, name, role }) => [action, name.replace(application.objectId, 'ID'), role]),
    [['create', 'flexgen:system-node:service-principal:ID', 'system:node']],
  );
  // A config that asks for less says that more is granted.
  const less = await site.cluster('plan --config principal.yaml');
  assert.match(less.stderr, /^warning: clusterrolebinding flexgen:system-node:.* is still there/);
  await site.cluster('remove --config principal.yaml');
  assert.deepEqual(await site.bindings(), token);
  await site.cluster(removeToken);
  assert.deepEqual(await site.bindings(), untouched);
});

test('a tampered binding is shown, and repaired', async () => {
  await site.cluster(applyToken);
  const right = await site.bindings();
  const name = 'flexgen:nodeclient:bootstrap-token';
  const eve = { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'eve\u001b[2J' };
  const patch = JSON.stringify([{ op: 'replace', path: '/subjects/0', value: eve }]);
  await site.kubectl(`patch clusterrolebinding ${name} --type=json -p=${patch}`);
  const shown = tokenBindings('=~=').replace(
    `${csr}:nodeclient → ${group}\n`,
    `${csr}:nodeclient → ${group}\n    - user eve␛[2J\n    + ${group}\n`,
  );
  assert.equal((await site.cluster(planToken)).stdout, shown);
  await site.writes();
  assert.equal((await site.cluster(applyToken)).stdout, shown);
  assert.deepEqual(await site.writes(), [`patch ${name} 200`]);
  assert.equal((await site.cluster(planToken)).stdout, tokenBindings('='));

  // Another role: it was deleted and made anew with our label, and so is the repair.
  await site.kubectl(`delete clusterrolebinding ${name}`);
  const labels = { 'app.kubernetes.io/managed-by': 'flexgen' };
  const subjects = [{ apiGroup: eve.apiGroup, kind: 'Group', name: 'system:bootstrappers:flexgen' }];
  const roleRef = { apiGroup: eve.apiGroup, kind: 'ClusterRole', name: 'cluster-admin' };
  const kind = { apiVersion: `${eve.apiGroup}/v1`, kind: 'ClusterRoleBinding' };
  await site.controlPlane.apply({ ...kind, metadata: { name, labels }, roleRef, subjects });
  assert.match(
    (await site.cluster(applyToken)).stdout,
    /\n~ .*\n {4}- role cluster-admin\n {4}\+ role system:cert/,
  );
  assert.deepEqual(await site.writes(), [`delete ${name} 200`, `patch ${name} 201`]);
  assert.deepEqual(Object.keys(await site.bindings()), Object.keys(right));
  await site.cluster(removeToken);
  assert.deepEqual(await site.bindings(), untouched);
});

test('a binding of our name that somebody else made is never touched', async () => {
  const create = 'create clusterrolebinding flexgen:selfnodeclient --group=system:nodes';
  await site.kubectl(`${create} --clusterrole=view`);
  const foreign = await site.bindings();
  await site.writes();
  for (const verb of ['plan', 'apply']) {
    refused(
      await site.cluster(`${verb} --config token.yaml`),
      'clusterrolebinding flexgen:selfnodeclient is there with other contents, and flexgen has not made it',
      /^ {2}nothing was changed; see it with `kubectl get clusterrolebinding flexgen:selfnodeclient -o yaml`/,
    );
  }
  await site.cluster(removeToken);
  assert.deepEqual(await site.bindings(), foreign);
  assert.deepEqual(await site.writes(), []);

  // With the right contents it is as good as ours, and stays whose it is.
  await site.kubectl('delete clusterrolebinding flexgen:selfnodeclient');
  await site.kubectl(`${create} --clusterrole=${csr}:selfnodeclient`);
  assert.equal(
    (await site.cluster(applyToken)).stdout,
    tokenBindings('++=').replace(/\n$/, '  (as wanted, not made by flexgen)\n'),
  );
  await site.cluster(removeToken);
  await site.kubectl('delete clusterrolebinding flexgen:selfnodeclient');
  assert.deepEqual(await site.bindings(), untouched);
});

test('who may not is told what, and what was done', async () => {
  const rules = { reader: 'get,list', halfway: 'get,list,create,patch' };
  const users: Record<string, string> = {};
  for (const [name, verbs] of Object.entries(rules)) {
    await site.kubectl(`create serviceaccount ${name}`);
    await site.kubectl(`create clusterrole ${name} --verb=${verbs} --resource=clusterrolebindings`);
    await site.kubectl(
      `create clusterrolebinding ${name} --clusterrole=${name} --serviceaccount=default:${name}`,
    );
    const token = (await site.kubectl(`create token ${name}`)).trim();
    // As a credential plugin, which prints what kubelogin prints.
    await writeFile(
      join(site.dir, `${name}.json`),
      JSON.stringify({
        apiVersion: 'client.authentication.k8s.io/v1',
        kind: 'ExecCredential',
        status: { token },
      }),
    );
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: 'cat',
      args: [join(site.dir, `${name}.json`)],
    };
    users[name] = await site.kubeconfig(name, { exec });
  }
  assert.equal((await site.cluster(planToken, users['reader'])).stdout, tokenBindings('+'));
  const who = 'system:serviceaccount:default';
  refused(
    await site.cluster(applyToken, users['reader']),
    `${who}:reader may not patch clusterrolebindings (403); 0 of 3 changes were made`,
    /Azure Kubernetes Service RBAC Cluster Admin/,
  );
  refused(
    await site.cluster(applyToken, users['halfway']),
    `${who}:halfway may write clusterrolebindings but not grant what you don’t have yourself (403); 0 of 3 changes were made`,
    /Azure Kubernetes Service RBAC Cluster Admin/,
  );
  const nobody = await site.kubeconfig('nobody', { token: 's3cret-and-expired' });
  refused(
    await site.cluster(planToken, nobody),
    'the API server does not accept this sign-in: it is wrong or has expired (401)',
    /sign in again: `az login`/,
  );
  const names = Object.keys(rules).join(' ');
  await site.kubectl(`delete clusterrolebinding,clusterrole,serviceaccount ${names} --ignore-not-found`);
  assert.deepEqual(await site.bindings(), untouched);
});

test('an API server under another address is proven by its CA, and only where it was named', async () => {
  const elsewhere = 'plan --config elsewhere.yaml';
  const slip = await site.cluster(elsewhere);
  assert.equal(slip.exitCode, 2);
  assert.match(
    slip.stderr,
    /^error: context `rig` reaches https:\/\/127\.0\.0\.1:\d+, the config’s cluster is https:\/\/10/,
  );
  const meant = await site.cluster(`${elsewhere} --kubeconfig ${site.controlPlane.kubeconfig}`);
  assert.deepEqual([meant.exitCode, meant.stdout], [0, tokenBindings('+')]);
  assert.match(meant.stderr, /^warning: context `rig` reaches/);

  // The kubeconfig itself would skip the check of the certificate.
  let requests = 0;
  const impostor = await startHttpsServer(join(dir, 'impostor'), 'impostor', () => (requests += 1));
  const path = await site.kubeconfig('impostor', { token: 's3cret' }, impostor.localUrl);
  refusedAfterWarning(
    await site.cluster(`${elsewhere} --kubeconfig ${path}`),
    `can’t use the API server at ${impostor.localUrl}: its certificate is not signed by the config’s \`cluster.ca\``,
  );
  assert.equal(requests, 0);
  await impostor.stop();
  const silent = `https://127.0.0.1:${await freePort()}`;
  const stopped = await site.kubeconfig('stopped', { token: 's3cret' }, silent);
  refusedAfterWarning(
    await site.cluster(`${elsewhere} --kubeconfig ${stopped}`),
    `can’t use the API server at ${silent}: nothing listens there`,
  );
});

function refusedAfterWarning(
  { exitCode, stdout, stderr }: Awaited<ReturnType<ClusterSite['cluster']>>,
  message: string,
) {
  assert.deepEqual([exitCode, stdout, stderr.split('\n')[2]], [4, '', `error: ${message}`]);
  assert.doesNotMatch(stderr, /s3cret/);
}

test('an API server that takes the request and never answers', async () => {
  const server = await startHttpsServer(join(dir, 'mute'), 'mute', () => undefined);
  const entry = {
    context: 'mute',
    cluster: { name: 'mute', server: server.localUrl, skipTLSVerify: false },
    user: { name: 'mute', token: 's3cret' },
  };
  const api = await openApiServer(entry, { ca: server.caPem, env: {}, userAgent: 'test', timeout: 200 });
  await assert.rejects(api.call({ verb: 'get', resource: 'x', path: '/x' }), {
    message: `can’t use the API server at ${server.localUrl}: it does not answer`,
  });
  await server.stop();
});
