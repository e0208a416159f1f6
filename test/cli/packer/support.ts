import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Rig } from '../run.ts';
import { sample } from '../sample.ts';

/** What each kind of source needs of a config, by kind. No list of checksums is fetched for a disk that is pinned. */
export const needs = {
  qemu: `{ checksum: 'sha256:${'0'.repeat(64)}' }`,
  azure: '{ location: westeurope, resourceGroup: images }',
  amazon: '{ region: eu-central-1 }',
  google: '{ projectId: corp-images, zone: europe-west3-a }',
  vsphere: '{ server: vcenter.corp.example, template: noble, cluster: cluster-1 }',
  proxmox: "{ url: 'https://pve.corp.example:8006/api2/json', node: pve-1, template: noble }",
  hyperv: '{ vmcxPath: . }',
} as const;

/** The sample config with these sources. */
export const withSources = (sources: Readonly<Record<string, string>>): string =>
  `${sample}image:\n  sources:\n${Object.entries(sources)
    .map(([kind, settings]) => `    ${kind}: ${settings}\n`)
    .join('')}`;

/** The one Packer that has its plugins inside: later ones need those of `packer init` even to validate. */
function oldPacker(): string | undefined {
  const { error, stdout } = spawnSync('packer', ['version'], { encoding: 'utf8' });
  if (error !== undefined) return 'needs Packer, which is not installed';
  return stdout.startsWith('Packer v1.6.') ? undefined : 'needs Packer 1.6, which has its plugins inside';
}

const missing = oldPacker();

/** For a suite: why it is skipped. In CI nothing is. */
export const skip = process.env['CI'] === 'true' ? false : (missing ?? false);

/** The environment that the plugins would take credentials from. */
const credentials = {
  VSPHERE_USER: 'nobody',
  VSPHERE_PASSWORD: 'none',
  PROXMOX_USERNAME: 'nobody@pve',
  PROXMOX_PASSWORD: 'none',
};

/** Runs Packer in a folder that flexgen has written, without the one file that version 1.6 can't read. */
export function packer(
  rig: Rig,
  args: readonly string[],
  input = '',
): { status: number | null; output: string } {
  const cwd = join(rig.folder, 'old');
  rmSync(cwd, { recursive: true, force: true });
  cpSync(join(rig.folder, 'build'), cwd, { recursive: true });
  rmSync(join(cwd, 'plugins.pkr.hcl'));
  const { status, stdout, stderr, error } = spawnSync('packer', [...args, '.'], {
    cwd,
    input,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: rig.folder, CHECKPOINT_DISABLE: '1', ...credentials },
  });
  if (error !== undefined) throw error;
  return { status, output: stdout + stderr };
}
