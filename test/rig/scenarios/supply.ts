import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publishLayout } from '../../upstream/publish.ts';
import { startUpstream } from '../../upstream/upstream.ts';
import type { Upstream } from '../../upstream/upstream.ts';
import { becomesReady, isDone, on, runsAPod } from '../expect.ts';
import { reachesOnly, wentNowhereElse } from '../firewall.ts';
import { writeConfig } from '../node-config.ts';
import type { NodeWish } from '../node-config.ts';
import type { Scenario, Stage } from '../scenario.ts';
import { buildBinaries } from '../services/binaries.ts';
import { hostFromMachine } from '../services/control-plane-args.ts';
import { programImage, writeOciImage } from '../services/oci.ts';
import { freePort, startService, until } from '../services/processes.ts';
import { images } from '../services/versions.ts';

/** Everything of the rig, published as upstream does it. */
async function publishAll({ site, dir }: Stage): Promise<Upstream> {
  const upstream = await startUpstream(join(dir, 'upstream'));
  const { artifacts, dir: folder, path } = site.artifacts;
  for (const { name, url } of artifacts) upstream.put(url, { file: join(folder, path(name)) });
  const { standins } = await buildBinaries();
  for (const [name, image] of Object.entries(images)) {
    const layout = join(dir, `image-${name}`);
    await writeOciImage(layout, programImage(standins, name));
    await publishLayout(upstream, image, layout);
  }
  return upstream;
}

/** The plainest of all web servers: it knows no types, no ranges and no TLS. */
async function serveFolder(
  folder: string,
  dir: string,
): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const port = await freePort();
  const args = ['-m', 'http.server', '--bind', '127.0.0.1', '--directory', folder, String(port)];
  const logFile = join(dir, 'web.log');
  const service = await startService({ name: 'web server', command: 'python3', args, logFile });
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    );
  await until('web server ready', answers, { seconds: 20, services: [service] });
  return { port, stop: () => service.stop() };
}

const config = { image: { images: [images.hello] }, runtime: { registryMirrors: {} } };

/** `lock` and `bundle` as on a workstation with the Internet; returns the lock. */
async function bundle(stage: Stage, upstream: Upstream, folder: string): Promise<string> {
  const { site, dir, release } = stage;
  const wish: NodeWish = { name: 'bundle', release, auth: 'bootstrap-token', config };
  const { file } = await writeConfig(wish, site, join(dir, 'config'), 0);
  const run = (...args: readonly string[]) =>
    site.workstation.flexgen([...args, '--config', file], upstream.env);
  // The rig's programs are builds of its own, which a lock keeps; the images are found anew.
  const changes = await run('lock', '--arch', 'amd64');
  assert.deepEqual(
    changes,
    Object.values(images)
      .map((image) => `+ ${image} amd64\n`)
      .toSorted()
      .join(''),
  );
  await run('bundle', '--out', folder);
  assert.equal(await run('lock', '--arch', 'amd64', '--check'), '');
  return await readFile(join(dir, 'config/flexgen.lock.json'), 'utf8');
}

const mirrorAlone: Scenario = {
  name: 'a machine that reaches nothing but a mirror by flexgen bundle, and the API server, joins and runs a pod',
  runs: [{ setting: 'namespaces', release: 'debian-13' }],
  async play(stage) {
    const { site, dir } = stage;
    await mkdir(dir, { recursive: true });
    const folder = join(dir, 'mirror');
    const upstream = await publishAll(stage);
    const lock = await bundle(stage, upstream, folder).finally(() => upstream.stop());
    const web = await serveFolder(folder, dir);
    try {
      const mirror = `http://${hostFromMachine}:${web.port}`;
      const node = await stage.boot({
        lock,
        config: { ...config, artifacts: { mirror } },
        userData: reachesOnly([web.port, site.controlPlane.port]),
      });
      await becomesReady(stage, node);
      await isDone(stage, node);
      await runsAPod(stage, node);
      await wentNowhereElse(node);
      const there = await on(node, 'ctr -n k8s.io images ls -q | grep -v @ | sort');
      assert.deepEqual(
        there.split('\n').filter((line) => !line.startsWith('sha256:')),
        Object.values(images).toSorted(),
      );
      assert.equal(await on(node, 'ls -A /var/lib/flexgen'), ['done', 'status.json'].join('\n'));
    } finally {
      await web.stop();
    }
  },
};

export const supplyScenarios: readonly Scenario[] = [mirrorAlone];
