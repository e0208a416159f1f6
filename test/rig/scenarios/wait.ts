import assert from 'node:assert/strict';
import { join } from 'node:path';
import { execute, program } from '../../cli/run.ts';
import type { Outcome } from '../../cli/run.ts';
import { isDone, on, patience } from '../expect.ts';
import type { BootedNode, Scenario, Stage } from '../scenario.ts';
import { whileWaiting } from '../waiting.ts';

const fast = [{ setting: 'namespaces', release: 'debian-13' }] as const;

/** `flexgen wait` for a node of the stage, with its own config, and the work beside it. */
async function waitFor(
  stage: Stage,
  { nodeName }: BootedNode,
  args: readonly string[],
  work?: Parameters<typeof whileWaiting>[2],
): Promise<Outcome> {
  const { kubeconfig } = stage.site.controlPlane;
  const where = { cwd: join(stage.dir, nodeName), kubeconfig, seconds: 120 * stage.patience };
  return await whileWaiting(args, where, work);
}

const nodeclient = 'system:certificates.k8s.io:certificatesigningrequests:nodeclient';

interface Binding {
  readonly metadata: { readonly name: string };
  readonly roleRef: { readonly name: string };
}

/** Nobody’s requests are approved while `work` is done; it is told how to make it so again. */
async function withoutApproval(
  { site }: Stage,
  work: (restore: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const { kubectl, apply } = site.controlPlane;
  const { items }: { items: Binding[] } = JSON.parse(
    await kubectl(['get', 'clusterrolebindings', '-o', 'json']),
  );
  const granting = items.filter(({ roleRef }) => roleRef.name === nodeclient);
  await kubectl(['delete', 'clusterrolebindings', ...granting.map(({ metadata }) => metadata.name)]);
  const restore = async (): Promise<void> => {
    for (const { metadata, ...rest } of granting) await apply({ ...rest, metadata: { name: metadata.name } });
  };
  try {
    await work(restore);
  } finally {
    await restore();
  }
}

const waitsForJoin: Scenario = {
  name: 'wait follows a join to its end, and timeline shows where its time went',
  runs: fast,
  async play(stage) {
    const node = await stage.boot();
    const { exitCode, stdout, stderr } = await waitFor(stage, node, []);
    assert.equal(exitCode, 0, stderr);
    const lines = stdout.trimEnd().split('\n');
    assert.match(
      lines.at(-1) ?? '',
      new RegExp(`^${node.nodeName} N s {2}is Ready \\(kubelet [0-9.]+, 10\\.0\\.2\\.\\d+\\)$`),
    );
    assert.match(stderr, new RegExp(`\nrig: ${node.nodeName} is Ready \\(N s\\)\n$`));
    await isDone(stage, node);
    const stdin = await on(node, 'flexgen-node status --json');
    const shown = await execute(process.execPath, [program, 'timeline'], { stdin });
    assert.equal(shown.exitCode, 0);
    assert.match(
      shown.stdout,
      /^host +\d+ s {2}[|#]+\n(.*\n)*registered .*\nready .*\n(scrub .*\n)?Ready after \d+ s\n$/,
    );
  },
};

const waitsForApproval: Scenario = {
  name: 'wait says that nobody approves a machine’s request, and sees it join once somebody may',
  runs: fast,
  play: (stage) =>
    withoutApproval(stage, async (restore) => {
      const node = await stage.boot();
      const { exitCode, stdout, stderr } = await waitFor(stage, node, [], async (says) => {
        await says('nobody approves');
        await restore();
      });
      assert.equal(exitCode, 0, stderr);
      const who = 'system:bootstrap:[a-z0-9]{6}';
      assert.match(stdout, new RegExp(`asked for its certificate: \\S+ of ${who} waits to be approved\n`));
      assert.match(
        stderr,
        new RegExp(
          `warning: ${node.nodeName} asked with \\S+, which nobody approves: neither ${who} nor a group of it`,
        ),
      );
    }),
};

const waitsForNetwork: Scenario = {
  name: 'wait says that a node has no CNI, and sees it Ready once it has one',
  runs: fast,
  async play(stage) {
    const node = await stage.boot({ config: { network: { mode: 'external' } } });
    await node.machine.waitForConsole(/registered done/, patience(stage, 60));
    const once = await waitFor(stage, node, ['--timeout', '0']);
    assert.equal(once.exitCode, 5);
    assert.match(once.stdout, /is registered \(.*\), not Ready: .*network/);
    assert.match(
      once.stderr,
      new RegExp(
        `error: ${node.nodeName} has no pod network: .* none of a DaemonSet’s pods that could is on it\n`,
      ),
    );
    const conflist = { cniVersion: '1.0.0', name: 'late', plugins: [{ type: 'loopback' }] };
    const { exitCode, stdout } = await waitFor(stage, node, [], async (says) => {
      await says('not Ready');
      await on(node, `echo '${JSON.stringify(conflist)}' > /etc/cni/net.d/10-late.conflist`);
    });
    assert.equal(exitCode, 0);
    assert.match(stdout, /is Ready \(kubelet /);
  },
};

export const waitScenarios: readonly Scenario[] = [waitsForJoin, waitsForApproval, waitsForNetwork];
