import { createHash } from 'node:crypto';
import { chmod, cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Azure } from '../azure/server/azure.ts';
import { suites } from './machines/releases.ts';
import type { Release } from './machines/machine.ts';
import { createSigningKey, writeAptRepository } from './services/apt-repository.ts';
import type { LockedArtifact } from './services/artifacts.ts';
import { hostFromMachine } from './services/control-plane-args.ts';
import { run } from './services/run.ts';

const standins = resolve(import.meta.dirname, 'standins/azcmagent');
const himds = resolve(import.meta.dirname, '../standins/himds.py');
const vendor = 'packages.microsoft.com';

/** The agent of Azure Arc for one site, in a signed repository laid out as the vendor's. */
export interface AgentRepository {
  /** For a mirror. */
  readonly root: string;
  /** Below the mirror: `packages.microsoft.com/debian/13/prod`. */
  path(release: Release): string;
  readonly keyPath: string;
  readonly fingerprint: string;
  /** The package itself, as a line of a lock file. */
  readonly locked: LockedArtifact;
}

const version = '1.60.03293.809';

/** Builds the package for machines that reach this Azure, and its repository below `dir`. */
export async function buildAgentRepository(dir: string, azure: Azure): Promise<AgentRepository> {
  await mkdir(dir, { recursive: true });
  const deb = await buildPackage(dir, azure);
  const root = join(dir, 'mirror');
  const path = (release: Release): string => `${vendor}/${release.replace('-', '/')}/prod`;
  const keyPath = `${vendor}/keys/microsoft.asc`;
  const key = await createSigningKey();
  try {
    for (const release of ['debian-12', 'debian-13'] as const) {
      await writeAptRepository({ dir: join(root, path(release)), suite: suites[release], debs: [deb], key });
    }
    await mkdir(join(root, vendor, 'keys'));
    await writeFile(join(root, keyPath), key.publicKey);
  } finally {
    await key.dispose();
  }
  const url = `https://${path('debian-12')}/pool/main/${basename(deb)}`;
  const digest = createHash('sha256').update(await readFile(deb));
  const source = { source: 'private', sha256: digest.digest('hex') } as const;
  const locked = { name: 'azcmagent', version, arch: 'amd64', url, ...source } as const;
  return { root, path, keyPath, fingerprint: key.fingerprint, locked };
}

async function buildPackage(dir: string, azure: Azure): Promise<string> {
  const tree = join(dir, 'package');
  const home = join(tree, 'opt/azcmagent');
  const [bin, lib, units] = [join(home, 'bin'), join(home, 'lib'), join(tree, 'usr/lib/systemd/system')];
  for (const folder of [bin, lib, units, join(tree, 'usr/bin'), join(tree, 'DEBIAN')]) {
    await mkdir(folder, { recursive: true });
  }
  for (const name of ['azcmagent', 'himds-issue']) await cp(join(standins, name), join(bin, name));
  await cp(himds, join(bin, 'himds'));
  for (const name of ['arguments', 'connect', 'failure', 'service']) {
    await cp(join(standins, `${name}.py`), join(lib, `${name}.py`));
  }
  const state = await readFile(join(standins, 'state.py'), 'utf8');
  await writeFile(join(lib, 'state.py'), state.replace('@VERSION@', version));
  await cp(join(standins, 'himdsd.service'), join(units, 'himdsd.service'));
  await symlink('/opt/azcmagent/bin/azcmagent', join(tree, 'usr/bin/azcmagent'));
  const fromMachine = (url: string): string => url.replace('127.0.0.1', hostFromMachine);
  const site = {
    his: fromMachine(azure.hisEndpoint),
    authority: fromMachine(azure.authorityHost),
    scope: azure.scope,
  };
  await writeFile(join(home, 'site.json'), JSON.stringify(site));
  await writeFile(join(home, 'ca.pem'), azure.caPem);
  for (const name of ['azcmagent', 'himds-issue', 'himds']) await chmod(join(bin, name), 0o755);
  await cp(join(standins, 'postinst'), join(tree, 'DEBIAN/postinst'));
  await chmod(join(tree, 'DEBIAN/postinst'), 0o755);
  await writeFile(join(tree, 'DEBIAN/control'), control);
  const deb = join(dir, `azcmagent_${version}_amd64.deb`);
  await run('dpkg-deb', ['--root-owner-group', '-Zgzip', '--build', tree, deb]);
  await rm(tree, { recursive: true });
  return deb;
}

// The first three are the vendor's own.
const control = `Package: azcmagent
Version: ${version}
Architecture: amd64
Maintainer: flexgen rig <rig@example.com>
Depends: curl, passwd, systemd, python3, openssl
Description: stand-in of the Azure Connected Machine agent
`;
