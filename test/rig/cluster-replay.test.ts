import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startClusterSite } from './cluster-site.ts';
import type { ClusterSite } from './cluster-site.ts';
import { callerWith } from './privilege/caller.ts';
import type { Caller } from './privilege/caller.ts';
import { asks, joins, requestFor, requestObject, requestsPath } from './privilege/certificate.ts';
import type { Request } from './privilege/certificate.ts';
import { policyHolds } from './privilege/policy.ts';
import { bootstrapToken } from './services/bootstrap-token.ts';
import { bootstrapGroup } from './services/rbac.ts';
import { until } from './services/processes.ts';

// What a thief gets of a payload or of a node’s certificate, with a real API server and its controllers.
let dir: string;
let site: ClusterSite;

before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'flexgen-replay-'));
  site = await startClusterSite(dir);
});

after(async () => {
  await site.controlPlane.stop();
  await rm(dir, { recursive: true, force: true });
});

let callers = 0;
const tokenOf = async (owner: string): Promise<string> => (await site.tokenOf(owner)).token;
const thief = (token: string): Promise<Caller> => callerWith(site, `thief-${++callers}`, { token });

/** Waits until the API server has heard of a change to a token. */
async function becomes(caller: Caller, status: number): Promise<void> {
  const asked = async (): Promise<boolean> => (await caller.ask('GET', requestsPath)).status === status;
  await until(`the API server to answer ${status}`, asked, { seconds: 60 });
}

test('a token whose time is over is refused, before anybody has cleared it away', async () => {
  await site.cluster('apply --config token.yaml');
  const { token, secret } = bootstrapToken(5, bootstrapGroup);
  await site.kubectl('create -f -', secret);
  const caller = await thief(token);
  await becomes(caller, 200);
  await becomes(caller, 401);
  assert.equal((await asks(caller, 'late', await requestFor('edge-1'))).status, 401);
  // One that was never valid.
  const past = bootstrapToken(-1, bootstrapGroup);
  await site.kubectl('create -f -', past.secret);
  assert.equal((await (await thief(past.token)).ask('GET', requestsPath)).status, 401);
  await site.cluster('remove --config token.yaml');
});

test('a token that was revoked is refused, and another node’s goes on', async () => {
  for (const name of ['edge-1', 'edge-2']) await site.cluster(`apply --config ${name}.yaml`);
  const [one, two] = [await thief(await tokenOf('edge-1')), await thief(await tokenOf('edge-2'))];
  for (const caller of [one, two]) await becomes(caller, 200);
  await site.cluster('remove --config edge-1.yaml');
  await becomes(one, 401);
  assert.equal((await asks(one, 'revoked', await requestFor('edge-1'))).status, 401);
  assert.equal((await two.ask('GET', requestsPath)).status, 200);
  await site.cluster('remove --config edge-2.yaml');
  await becomes(two, 401);
});

/** The PEM of a request of this base64. */
const block = (base64: string): string =>
  [
    '-----BEGIN CERTIFICATE REQUEST-----',
    ...(base64.match(/.{1,64}/g) ?? []),
    '-----END CERTIFICATE REQUEST-----',
    '',
  ].join('\n');

const der = (request: Request, change: (bytes: Buffer) => Buffer): Request => {
  const body = request.pem.split('\n').slice(1, -2).join('');
  return { ...request, pem: block(change(Buffer.from(body, 'base64')).toString('base64')) };
};

test('a payload’s token asks for the certificate of its own node alone, in whatever form another name is asked for', async () => {
  await site.cluster('apply --config edge-1.yaml');
  const caller = await thief(await tokenOf('edge-1'));
  await becomes(caller, 200);
  await policyHolds(caller);
  const own = await requestFor('edge-1');
  const subject = '/O=system:nodes/CN=system:node:edge-1';
  const among = (above: string, below = ''): Request => ({ ...own, pem: `${above}${own.pem}${below}` });
  const other = await requestFor('edge-2');
  const refused: Record<string, Request> = {
    'another node': other,
    'a longer name': await requestFor('edge-10'),
    'a shorter name': await requestFor('edge-'),
    'capital letters': await requestFor('Edge-1'),
    'no group': await requestFor('edge-1', { subject: '/CN=system:node:edge-1' }),
    'another group': await requestFor('edge-1', { subject: '/O=system:masters/CN=system:node:edge-1' }),
    'a second group': await requestFor('edge-1', { subject: `/O=system:masters${subject}` }),
    'a second name': await requestFor('edge-1', { subject: `${subject}/CN=system:node:edge-2` }),
    'its name behind another': await requestFor('edge-1', { subject: `/CN=system:node:edge-2${subject}` }),
    'another kind of text': await requestFor('edge-1', { config: '[req]\ndistinguished_name = dn\n[dn]\n' }),
    'another kind of key': await requestFor('edge-1', { key: ['-newkey', 'rsa:2048'] }),
    'another curve': await requestFor('edge-1', {
      key: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384'],
    }),
    'another request before it': among(other.pem),
    'another request behind it': among('', other.pem),
    'words before it': among('Subject: me\n'),
    'headers in it': { ...own, pem: own.pem.replace('REQUEST-----\n', 'REQUEST-----\nProc-Type: 4\n\n') },
    'lines of another length': { ...own, pem: own.pem.replace(/(.{60})(.{4})\n/, '$1\n$2\n') },
  };
  // Of as many characters as the policy could decode, and no base64: the API server goes on to the next block.
  const body = own.pem
    .split('\n')
    .slice(1, -2)
    .join('')
    .slice(0, 200)
    .padEnd(8 * 64 + 9, 'A');
  const broken = block(body);
  assert.equal(broken.length, 600);
  refused['another request behind one that can’t be read'] = { ...own, pem: `${broken}${other.pem}` };
  // These the API server can't read itself.
  const unreadable: Readonly<Record<string, Request>> = {
    'no end': { ...own, pem: own.pem.replace(/-----END[^]*/, '') },
    'another length': der(own, (bytes) => Buffer.from(bytes).fill((bytes[5] ?? 0) - 1, 5, 6)),
  };
  const answers: string[] = [];
  for (const [what, request] of Object.entries({ ...refused, ...unreadable })) {
    const { status } = await asks(caller, `forged-${answers.length}`, request);
    answers.push(`${what}: ${status}`);
  }
  assert.deepEqual(answers, [
    ...Object.keys(refused).map((what) => `${what}: 403`),
    ...Object.keys(unreadable).map((what) => `${what}: 422`),
  ]);
  const { message } = await asks(caller, 'refused', other);
  assert.match(message, /flexgen-token-of-one-node.*this bootstrap token is for system:node:edge-1 alone/);
  // Its own, as often as there are lengths of signatures: a kubelet asks again where it got no answer.
  for (let count = 0; count < 12; count += 1)
    assert.equal((await asks(caller, `own-${count}`, await requestFor('edge-1'))).status, 201);
  await joins(site.controlPlane, caller, 'edge-1');
  await site.cluster('remove --config edge-1.yaml');
});

test('a token that is for many nodes makes any node, and takes the name of one that is there', async () => {
  await site.cluster('apply --config token.yaml');
  const token = await site.controlPlane.createBootstrapToken();
  const caller = await thief(token);
  await becomes(caller, 200);
  await joins(site.controlPlane, caller, 'any-1', 'any-1');
  await joins(site.controlPlane, caller, 'any-1', 'any-1-again');
  await site.cluster('remove --config token.yaml');
});

test('a node’s certificate renews its own and gets no other, and does nothing to another node', async () => {
  for (const name of ['edge-1', 'edge-2']) await site.cluster(`apply --config ${name}.yaml`);
  const joining = await thief(await tokenOf('edge-1'));
  await becomes(joining, 200);
  const proof = await joins(site.controlPlane, joining, 'edge-1', 'first');
  const node = await callerWith(site, 'edge-1-node', proof);
  await site.controlPlane.apply({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'edge-2' } });

  // NodeRestriction refuses it before anybody could approve it.
  const stolen = await asks(node, 'steals', await requestFor('edge-2'));
  assert.match(
    `${stolen.status} ${stolen.message}`,
    /^403 .*can only create a node CSR with CN=system:node:edge-1/,
  );
  await joins(site.controlPlane, node, 'edge-1', 'renewal');
  await site.kubectl('create -f -', requestObject('waits', await requestFor('edge-2')));
  const approval = `${requestsPath}/waits/approval`;
  const condition = { type: 'Approved', status: 'True', reason: 'x', message: 'x' };
  const approved = await node.ask('PATCH', approval, { body: { status: { conditions: [condition] } } });
  assert.deepEqual([approved.status, approved.message.includes('cannot')], [403, true]);
  const status = await node.ask('PATCH', '/api/v1/nodes/edge-2/status', { body: { status: { phase: 'x' } } });
  assert.match(
    `${status.status} ${status.message}`,
    /^403 .*node "edge-1" cannot modify|^403 .*is not allowed to modify node "edge-2"/,
  );
  await site.kubectl('delete node edge-2');
  for (const name of ['edge-1', 'edge-2']) await site.cluster(`remove --config ${name}.yaml`);
});
