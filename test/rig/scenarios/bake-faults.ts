import assert from 'node:assert/strict';
import { join } from 'node:path';
import { bakeScript, uploadBake } from '../bake/upload.ts';
import { bootMachine } from '../machines/boot.ts';
import type { MachineOptions } from '../machines/machine.ts';
import type { NodeWish } from '../node-config.ts';
import type { Scenario, Stage } from '../scenario.ts';

const fast = [{ setting: 'namespaces', release: 'debian-13' }] as const;

/** What Packer would get from the first script of a bake: its exit code and all that it said. */
async function provision(
  { site, release, dir, setting }: Stage,
  wish: Partial<NodeWish>,
  { before = 'true', ...options }: Partial<MachineOptions> & { readonly before?: string } = {},
): Promise<{ exitCode: number; said: string }> {
  const machine = await bootMachine(setting, {
    name: 'build',
    release,
    userData: '#cloud-config\n{}\n',
    dir: join(dir, 'machine'),
    ...options,
  });
  try {
    await uploadBake(machine, { auth: 'bootstrap-token', name: 'bake', release, ...wish }, site, dir);
    const script = `{ ${before} && ${bakeScript('provision')}; } 2>&1; code=$?; ls /etc/flexgen/image.json; exit $code`;
    const { exitCode, stdout } = await machine.exec(script, { deadlineMs: 240_000 });
    assert.ok(!stdout.includes('\n/etc/flexgen/image.json'), 'a bake that failed says that it has not');
    return { exitCode, said: stdout };
  } finally {
    await machine[Symbol.asyncDispose]();
  }
}

export const otherSystemBake: Scenario = {
  name: 'a bake from an image of another system fails before anything is downloaded',
  runs: fast,
  async play(stage) {
    const before = stage.site.mirror.requests.length;
    const { exitCode, said } = await provision(stage, { config: { node: { os: 'debian-12' } } });
    assert.match(said, /FAILED at host \(11\): this is debian-13, the payload is for debian-12/);
    assert.equal(exitCode, 11);
    assert.equal(stage.site.mirror.requests.length, before);
  },
};

export const otherMachineBake: Scenario = {
  name: 'a bake on a machine of another architecture fails before anything is downloaded',
  runs: fast,
  async play(stage) {
    const { artifacts } = stage.site.artifacts;
    const arm64 = artifacts.map((artifact) => ({
      ...artifact,
      arch: 'arm64',
      url: artifact.url.replaceAll('amd64', 'arm64'),
    }));
    const lock = JSON.stringify({ lockVersion: 1, artifacts: arm64 });
    const { exitCode, said } = await provision(stage, { lock, config: { node: { arch: 'arm64' } } });
    assert.match(said, /FAILED at host \(12\): this is amd64, the payload is for arm64/);
    assert.equal(exitCode, 12);
  },
};

export const brokenBuildMachine: Scenario = {
  name: 'a bake on a machine whose cloud-init has failed says what failed',
  runs: fast,
  async play(stage) {
    const userData = '#cloud-config\n{"bootcmd": [["sh", "-c", "exit 7"]]}\n';
    const { exitCode, said } = await provision(stage, {}, { userData });
    assert.match(said, /FAILED at bake: cloud-init of the build machine: .*status: error.*bootcmd/);
    assert.equal(exitCode, 1);
  },
};

export const missingPackage: Scenario = {
  name: 'a bake without a package that no source of apt has names what is missing',
  runs: fast,
  async play(stage) {
    const { exitCode, said } = await provision(stage, {}, { variant: 'bare' });
    assert.match(said, /Unable to locate package jq/);
    assert.match(said, /FAILED at packages \(16\): apt-get: .*\bjq\b/);
    assert.equal(exitCode, 16);
  },
};

export const missingImage: Scenario = {
  name: 'a bake whose container image is nowhere names it',
  runs: fast,
  async play(stage) {
    const image = 'example.com/nowhere:1';
    const { exitCode, said } = await provision(stage, { config: { image: { images: [image] } } });
    assert.match(said, /FAILED at images \(36\): can't pull example\.com\/nowhere:1: .*not found/);
    assert.equal(exitCode, 36);
  },
};

export const changedOnTheWay: Scenario = {
  name: 'a bake whose files were changed on their way installs none of them',
  runs: fast,
  async play(stage) {
    const before = 'echo >>/var/tmp/flexgen-bake/node/etc/containerd/config.toml';
    const { exitCode, said } = await provision(stage, {}, { before });
    assert.match(said, /FAILED at bake: a file was changed on its way here/);
    assert.match(said, /\/etc\/containerd\/config\.toml: FAILED/);
    assert.equal(exitCode, 1);
  },
};
