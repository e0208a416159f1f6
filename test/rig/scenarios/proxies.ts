import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { becomesReady, isDone, on, runsAPod } from '../expect.ts';
import { reachesOnly, wentNowhereElse } from '../firewall.ts';
import { leavesNothingBehind } from '../life.ts';
import type { BootedNode, Scenario, Stage } from '../scenario.ts';
import { nowhere, onMachine } from '../../secrets/on-machine.ts';
import { secretsOn } from '../secrets.ts';
import { hostFromMachine } from '../services/control-plane-args.ts';
import { startProxy } from '../services/proxy.ts';

const fast = [{ setting: 'namespaces', release: 'debian-13' }] as const;

const portIn = (url: string): number => Number(new URL(url).port);

const login = { username: String.raw`CORP\edge`, password: 'p@ss:w/o%r"d$ ü+&#' } as const;

/**
 * On the disk it is in one file, which only root reads. The programs that fetch something have it in their environment,
 * which only root reads as well; those of pods have not.
 */
async function keepsThePassword(stage: Stage, node: BootedNode): Promise<void> {
  const shown = await on(node, 'systemctl show; systemctl show containerd kubelet flexgen');
  for (const text of [login.password, encodeURIComponent(login.password)])
    assert.ok(!shown.includes(text), 'the password is shown');
  assert.equal(await on(node, 'stat -c %a:%U /etc/flexgen/proxy.env'), '600:root');
  const seen = (await secretsOn(stage, node, { password: login.password })).get('password') ?? nowhere;
  assert.deepEqual({ ...seen, environment: [] }, { ...onMachine['proxy’s password'].seen, environment: [] });
  for (const program of ['curl', 'kubelet', 'containerd'])
    assert.ok(seen.environment.includes(program), program);
  for (const program of ['hello', 'pause']) assert.ok(!seen.environment.includes(program), program);
}

const authenticatedProxy: Scenario = {
  name: 'a machine whose only way out is a proxy with a password joins through it, apt and all',
  runs: fast,
  async play(stage) {
    const { mirror, registry, controlPlane } = stage.site;
    const proxy = await startProxy({ dir: join(stage.dir, 'proxy'), login });
    try {
      const server = {
        url: proxy.url,
        username: login.username,
        password: { command: ['printf', '%s', login.password] },
      };
      const node = await stage.boot(
        { config: { proxy: { http: server, https: server } }, userData: reachesOnly([proxy.port]) },
        { variant: 'bare', trace: join(stage.dir, 'programs') },
      );
      await becomesReady(stage, node, 120);
      await isDone(stage, node);
      await runsAPod(stage, node);
      await leavesNothingBehind(node);
      await wentNowhereElse(node);
      // Each says who it is before it is asked.
      assert.deepEqual(
        proxy.requests.filter(({ status }) => status === 407),
        [],
      );
      const targets = new Set(proxy.requests.map(({ method, target }) => `${method} ${target}`));
      for (const [method, port] of [
        ['CONNECT', portIn(mirror.localUrl)],
        ['GET', portIn(registry.localUrl)],
        ['CONNECT', controlPlane.port],
      ] as const)
        assert.ok(targets.has(`${method} ${hostFromMachine}:${port}`), [...targets].join(', '));
      await keepsThePassword(stage, node);
    } finally {
      await proxy.stop();
    }
  },
};

const inspectingProxy: Scenario = {
  name: 'a machine whose proxy opens all TLS but the API server’s trusts the company’s CA, containerd too',
  runs: fast,
  async play(stage) {
    const { mirror, registry } = stage.site;
    const ports = { mirror: portIn(mirror.localUrl), registry: portIn(registry.localUrl) };
    const inspects = new Map([
      [ports.mirror, 'https'],
      [ports.registry, 'http'],
    ] as const);
    const dir = join(stage.dir, 'proxy');
    await mkdir(dir, { recursive: true });
    const proxy = await startProxy({ dir, inspects });
    try {
      const ca = join(dir, 'corp.pem');
      await writeFile(ca, proxy.caPem);
      const node = await stage.boot({
        config: {
          proxy: { http: proxy.url, https: proxy.url, ca: { file: ca } },
          // The mirror's own CA is of no use here, and the registry has none.
          artifacts: { ca: undefined },
          runtime: { registryMirrors: { _default: [`https://${hostFromMachine}:${ports.registry}`] } },
        },
        userData: reachesOnly([proxy.port]),
      });
      await becomesReady(stage, node);
      await isDone(stage, node);
      await runsAPod(stage, node);
      await wentNowhereElse(node);
      const seen = proxy.read.map((target) => target.split('/')[0]);
      for (const port of Object.values(ports))
        assert.ok(seen.includes(`${hostFromMachine}:${port}`), seen.join(', '));
    } finally {
      await proxy.stop();
    }
  },
};

export const proxyScenarios: readonly Scenario[] = [authenticatedProxy, inspectingProxy];
