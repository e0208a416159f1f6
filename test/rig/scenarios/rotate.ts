import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { application } from '../../azure/server/applications.ts';
import { becomesReady, isDone, on, patience } from '../expect.ts';
import { startPod } from '../pods.ts';
import type { AuthKind } from '../node-auth.ts';
import type { BootedNode, Scenario, Stage } from '../scenario.ts';
import { withAuthority } from '../services/authority.ts';
import { createAuthority } from '../services/pki.ts';
import { until } from '../services/processes.ts';
import { run } from '../services/run.ts';

const fast = [{ setting: 'namespaces', release: 'debian-13' }] as const;

const folderOf = ({ dir }: Stage, { nodeName }: BootedNode): string => join(dir, nodeName);

/** What `flexgen rotate` prints for a node. */
const rotate = (stage: Stage, node: BootedNode, ...more: readonly string[]): Promise<string> =>
  stage.site.workstation.flexgen([
    'rotate',
    '--config',
    join(folderOf(stage, node), 'flexgen.yaml'),
    ...more,
  ]);

/** A snippet as standard input of a root shell; what it said last. */
async function feed(
  stage: Stage,
  node: BootedNode,
  snippet: string,
): Promise<{ code: number; said: string }> {
  const text = Buffer.from(snippet).toString('base64');
  const { exitCode, stdout, stderr } = await node.machine.exec(
    `base64 -d <<<'${text}' | bash -s`,
    patience(stage, 200),
  );
  return { code: exitCode, said: `${stdout}${stderr}`.trim() };
}

/** A pod of the node, as one that has not been touched: what its container is, and how often it was started. */
async function runningPod(stage: Stage, node: BootedNode): Promise<() => Promise<void>> {
  const { name } = await startPod(stage, node, `stays-on-${node.nodeName}`);
  const path =
    'jsonpath={.metadata.uid} {.status.containerStatuses[0].containerID} {.status.containerStatuses[0].restartCount}';
  const look = (): Promise<string> => stage.site.controlPlane.kubectl(['get', 'pod', name, '-o', path]);
  const before = await look();
  assert.match(before, /^\S+ containerd:\/\/\S+ 0$/);
  const started = await on(node, 'for p in $(pgrep -x hello); do stat -c %Y /proc/$p; done');
  return async () => {
    assert.equal(await look(), before);
    assert.equal(await on(node, 'for p in $(pgrep -x hello); do stat -c %Y /proc/$p; done'), started);
  };
}

/** The kubelet starts again, and the node is Ready by its own word from after that. */
async function restartsKubelet(stage: Stage, node: BootedNode): Promise<void> {
  const since = Number(await on(node, 'systemctl restart kubelet; date +%s'));
  const path =
    'jsonpath={.status.conditions[?(@.type=="Ready")].status} {.status.conditions[?(@.type=="Ready")].lastHeartbeatTime}';
  const isReady = async (): Promise<boolean> => {
    const said = await stage.site.controlPlane.kubectl(['get', 'node', node.nodeName, '-o', path]);
    const [status, time = ''] = said.split(' ');
    return status === 'True' && Date.parse(time) / 1000 >= since;
  };
  await until('a kubelet that is Ready again', isReady, { seconds: 60 * stage.patience });
}

const digests = (node: BootedNode): Promise<string> =>
  on(node, 'find /var/lib/kubelet/token.* /etc/kubernetes/pki/ca.crt -type f 2>/dev/null | xargs sha256sum');

interface Rotation {
  readonly auth: AuthKind;
  /** Entra takes another proof from now on, which the node's config has. */
  readonly renew: (stage: Stage, folder: string) => Promise<void>;
  readonly restore: (stage: Stage) => void;
  /** What Entra says to the old one. */
  readonly refusal: RegExp;
}

/** A node that makes every call with its proof is given another one while it runs. */
async function rotates(stage: Stage, { auth, renew, restore, refusal }: Rotation): Promise<void> {
  await stage.site.controlPlane.applyFlexgenRbac({ alwaysObjectIds: [application.objectId] });
  const node = await stage.boot({ auth, config: { auth: { credentialUse: 'always' } } });
  await becomesReady(stage, node, 300);
  await isDone(stage, node, 300);
  const isUntouched = await runningPod(stage, node);
  const kubelet = await on(node, 'systemctl show -p MainPID kubelet');
  try {
    await renew(stage, folderOf(stage, node));
    const refused = await node.machine.exec('/var/lib/kubelet/token.sh');
    assert.notEqual(refused.exitCode, 0);
    assert.match(refused.stderr, refusal);

    const snippet = await rotate(stage, node);
    const done = `flexgen: ${node.nodeName} signs in with it`;
    assert.deepEqual(await feed(stage, node, snippet), { code: 0, said: `${done} from its next call on` });
    assert.deepEqual(await feed(stage, node, snippet), { code: 0, said: `${done} already` });
    await on(node, '/var/lib/kubelet/token.sh >/dev/null');
    assert.equal(await on(node, 'systemctl show -p MainPID kubelet'), kubelet);
    await isUntouched();
    await restartsKubelet(stage, node);
    await isUntouched();

    // One that Entra does not take any more by the time it is run changes nothing.
    const good = await digests(node);
    await renew(stage, folderOf(stage, node));
    const late = await rotate(stage, node);
    await renew(stage, folderOf(stage, node));
    const failed = await feed(stage, node, late);
    assert.equal(failed.code, 1);
    assert.match(failed.said, refusal);
    assert.match(failed.said, /flexgen: FAILED: Entra gives no token for it — see its answer above/);
    assert.equal(await digests(node), good);
    assert.equal(
      await on(node, 'ls -d /run/flexgen/rotate /var/lib/kubelet/*.flexgen 2>/dev/null || true'),
      '',
    );
  } finally {
    restore(stage);
  }
}

let count = 0;

const secretRotation: Scenario = {
  name: 'a service principal’s secret is rotated on a running node, whose pods stay',
  runs: fast,
  play: (stage) =>
    rotates(stage, {
      auth: 'service-principal',
      async renew({ site }, folder) {
        const secret = `new ${++count} "q'uo\`te$(id)\\é#`;
        site.azure.setSecret(secret);
        await writeFile(join(folder, 'secret.txt'), secret);
      },
      restore: ({ site }) => site.azure.setSecret(site.azure.credentials.secret),
      refusal: /AADSTS7000215/,
    }),
};

const certificateRotation: Scenario = {
  name: 'a service principal’s certificate is rotated on a running node, whose pods stay',
  runs: fast,
  play: (stage) =>
    rotates(stage, {
      auth: 'certificate',
      async renew({ site }, folder) {
        const [key, cert, pair] = ['new.key', 'new.crt', 'new.pem'].map((name) => join(folder, name)) as [
          string,
          string,
          string,
        ];
        await run('openssl', [
          'req',
          '-x509',
          '-newkey',
          'rsa:2048',
          '-noenc',
          '-subj',
          `/CN=new-${++count}`,
          '-days',
          '2',
          '-keyout',
          key,
          '-out',
          cert,
        ]);
        const certPem = await readFile(cert, 'utf8');
        await writeFile(pair, certPem + (await readFile(key, 'utf8')), { mode: 0o600 });
        const file = join(folder, 'flexgen.yaml');
        const config = JSON.parse(await readFile(file, 'utf8')) as { auth: object };
        await writeFile(
          file,
          JSON.stringify({ ...config, auth: { ...config.auth, certificate: { file: 'new.pem' } } }),
        );
        site.azure.setCertificate(certPem);
      },
      restore: ({ site }) => site.azure.setCertificate(site.azure.credentials.certificate.certPem),
      refusal: /AADSTS700027/,
    }),
};

const authorityRotation: Scenario = {
  name: 'the cluster’s CA is rotated on a running node, whose pods stay',
  runs: fast,
  async play(stage) {
    const { controlPlane } = stage.site;
    const node = await stage.boot();
    await becomesReady(stage, node, 300);
    await isDone(stage, node, 300);
    const isUntouched = await runningPod(stage, node);
    const next = await createAuthority(stage.dir, 'next-ca');
    await writeFile(join(folderOf(stage, node), 'cluster-ca.pem'), next.certPem);
    const beside = await rotate(stage, node, '--ca');
    const only = await rotate(stage, node, '--ca', '--only');
    const trusted = `flexgen: ${node.nodeName} trusts it already`;

    // Before the cluster has it, it can't be the only one.
    const before = await digests(node);
    const early = await feed(stage, node, only);
    assert.equal(early.code, 1);
    assert.match(
      early.said,
      /flexgen: FAILED: \S+ can't be trusted with it — has the cluster this CA yet\?$/,
    );
    assert.equal(await digests(node), before);
    const ready = `flexgen: ${node.nodeName} is Ready and trusts it`;
    assert.deepEqual(await feed(stage, node, beside), { code: 0, said: `${ready}, and 1 before it` });
    assert.deepEqual(await feed(stage, node, beside), { code: 0, said: trusted });
    await isUntouched();

    await withAuthority(controlPlane, next, async () => {
      await restartsKubelet(stage, node);
      await isUntouched();
      assert.deepEqual(await feed(stage, node, only), {
        code: 0,
        said: `${ready}; it has a certificate of the new CA`,
      });
      assert.deepEqual(await feed(stage, node, only), { code: 0, said: trusted });
      await isUntouched();
      assert.equal(await on(node, 'cat /etc/kubernetes/pki/ca.crt'), next.certPem.trim());
      await on(
        node,
        'openssl verify -CAfile /etc/kubernetes/pki/ca.crt /var/lib/kubelet/pki/kubelet-client-current.pem',
      );
      assert.equal(
        await on(
          node,
          'ls /var/lib/kubelet/bootstrap-kubeconfig /var/lib/kubelet/pki/flexgen-before.pem 2>/dev/null || true',
        ),
        '',
      );
      // The API server shows the kubelet a certificate that the old CA has signed: both of it are what nodes trust of it.
      await restartsKubelet(stage, node);
      await isUntouched();
    });
  },
};

export const rotateScenarios: readonly Scenario[] = [secretRotation, certificateRotation, authorityRotation];
