import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publishLayout } from '../../upstream/publish.ts';
import { startUpstream } from '../../upstream/upstream.ts';
import type { Upstream } from '../../upstream/upstream.ts';
import { startRegistry } from '../../cli/supply/registry.ts';
import { becomesReady, isDone, on, runsAPod } from '../expect.ts';
import { reachesOnly, wentNowhereElse } from '../firewall.ts';
import { writeConfig } from '../node-config.ts';
import type { NodeWish } from '../node-config.ts';
import type { Scenario, Stage } from '../scenario.ts';
import { buildBinaries } from '../services/binaries.ts';
import { hostFromMachine } from '../services/control-plane-args.ts';
import { programImage, writeOciImage } from '../services/oci.ts';
import { freePort, startService, until } from '../services/processes.ts';
import { createAuthority, rigServerNames } from '../services/pki.ts';
import { run } from '../services/run.ts';
import { images } from '../services/versions.ts';

/** The images of this machine; those of whole networks are no matter here. */
const needed = { pause: images.pause, hello: images.hello };

/** Everything of the rig, published as upstream does it. */
async function publishAll({ site, dir }: Stage): Promise<Upstream> {
  const upstream = await startUpstream(join(dir, 'upstream'));
  const { artifacts, dir: folder, path } = site.artifacts;
  for (const { name, url } of artifacts) upstream.put(url, { file: join(folder, path(name)) });
  const { standins } = await buildBinaries();
  for (const [name, image] of Object.entries(needed)) {
    const layout = join(dir, `image-${name}`);
    await writeOciImage(layout, programImage(standins, name));
    await publishLayout(upstream, image, layout);
  }
  return upstream;
}

const config = { image: { images: [needed.hello] }, runtime: { registryMirrors: {} } };

/** `lock` and `bundle` as on a workstation with the Internet; returns the lock. */
async function bundle(stage: Stage, upstream: Upstream, folder: string): Promise<string> {
  const { site, dir, release } = stage;
  const wish: NodeWish = { name: 'bundle', release, auth: 'bootstrap-token', config };
  const { file } = await writeConfig(wish, site, join(dir, 'config'), 0);
  const flexgen = (...args: readonly string[]) =>
    site.workstation.flexgen([...args, '--config', file], upstream.env);
  // The rig's programs are builds of its own, which a lock keeps; the images are found anew.
  const changes = await flexgen('lock', '--arch', 'amd64');
  assert.deepEqual(
    changes,
    Object.values(needed)
      .map((image) => `+ ${image} amd64\n`)
      .toSorted()
      .join(''),
  );
  await flexgen('bundle', '--oci', '--out', folder);
  assert.equal(await flexgen('lock', '--arch', 'amd64', '--check'), '');
  return await readFile(join(dir, 'config/flexgen.lock.json'), 'utf8');
}

/** A mirror that is served, as the machine reaches it. */
interface Served {
  readonly port: number;
  readonly artifacts: Readonly<Record<string, unknown>>;
  stop(): Promise<void>;
}

/** The plainest of all web servers: it knows no types, no ranges and no TLS. */
async function serveFolder({ dir }: Stage, folder: string): Promise<Served> {
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
  const artifacts = { mirror: `http://${hostFromMachine}:${port}` };
  return { port, artifacts, stop: () => service.stop() };
}

/** A registry with a CA of its own, to which the folder is pushed. */
async function pushFolder({ dir }: Stage, folder: string): Promise<Served> {
  const keys = join(dir, 'keys');
  await mkdir(keys, { recursive: true });
  const authority = await createAuthority(keys, 'registry-ca');
  const pair = await authority.issue({
    file: 'registry',
    commonName: 'registry',
    serverNames: rigServerNames,
  });
  const tls = { certificate: pair.certFile, key: pair.keyFile };
  const { port, stop } = await startRegistry(join(dir, 'registry'), tls);
  const target = `docker://127.0.0.1:${port}/corp/flexgen:latest`;
  const copy = ['--insecure-policy', 'copy', '--quiet', '--dest-tls-verify=false', '--preserve-digests'];
  await run('skopeo', [...copy, `oci:${folder}:flexgen`, target]);
  const mirror = `oci://${hostFromMachine}:${port}/corp/flexgen`;
  return { port, artifacts: { mirror, ca: { file: authority.certFile } }, stop };
}

async function joinsFromItAlone(
  stage: Stage,
  serve: (stage: Stage, folder: string) => Promise<Served>,
): Promise<void> {
  const { site, dir } = stage;
  await mkdir(dir, { recursive: true });
  const folder = join(dir, 'mirror');
  const upstream = await publishAll(stage);
  const lock = await bundle(stage, upstream, folder).finally(() => upstream.stop());
  const served = await serve(stage, folder);
  try {
    const node = await stage.boot({
      lock,
      config: { ...config, artifacts: served.artifacts },
      userData: reachesOnly([served.port, site.controlPlane.port]),
    });
    await becomesReady(stage, node);
    await isDone(stage, node);
    await runsAPod(stage, node);
    await wentNowhereElse(node);
    const there = await on(node, 'ctr -n k8s.io images ls -q | grep -v -e @ -e ^sha256 | sort');
    assert.deepEqual(there.split('\n'), Object.values(needed).toSorted());
    assert.equal(await on(node, 'ls -A /var/lib/flexgen/cache'), '');
  } finally {
    await served.stop();
  }
}

const runs = [{ setting: 'namespaces', release: 'debian-13' }] as const;

const mirrorAlone: Scenario = {
  name: 'a machine that reaches nothing but a mirror by flexgen bundle, and the API server, joins and runs a pod',
  runs,
  play: (stage) => joinsFromItAlone(stage, serveFolder),
};

const registryAlone: Scenario = {
  name: 'the same with a registry for a mirror, to which the folder was pushed',
  runs,
  play: (stage) => joinsFromItAlone(stage, pushFolder),
};

export const supplyScenarios: readonly Scenario[] = [mirrorAlone, registryAlone];
