import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { packagesIndex, releaseFile } from './deb-index.ts';
import { run } from './run.ts';

/** A throw-away key that signs repositories. */
export interface SigningKey {
  /** 40 hex digits, capital letters. */
  readonly fingerprint: string;
  /** ASCII-armored. */
  readonly publicKey: string;
  /** `text` with its signature around it. */
  clearSign(text: string): Promise<string>;
  /** Its signature apart, ASCII-armored. */
  sign(text: string): Promise<string>;
  /** Ends the key's agent and forgets the key. */
  dispose(): Promise<void>;
}

export async function createSigningKey(): Promise<SigningKey> {
  // Not below the checkout: the path of its agent's socket must be short.
  const home = await mkdtemp(join(tmpdir(), 'flexgen-gpg-'));
  const gpg = (args: readonly string[], input = ''): Promise<string> =>
    run('gpg', ['--homedir', home, '--batch', '--quiet', '--passphrase', '', ...args], { input });
  // As old as the vendor's own kind of key.
  await gpg(['--pinentry-mode', 'loopback', '--quick-generate-key', 'flexgen rig', 'rsa2048', 'sign', '30d']);
  const listing = await gpg(['--list-keys', '--with-colons']);
  const fingerprint = /^fpr:+([0-9A-F]{40}):/m.exec(listing)?.[1] ?? '';
  return {
    fingerprint,
    publicKey: await gpg(['--armor', '--export', fingerprint]),
    clearSign: (text) => gpg(['--clearsign'], text),
    sign: (text) => gpg(['--armor', '--detach-sign'], text),
    dispose: async () => {
      await run('gpgconf', ['--homedir', home, '--kill', 'all']);
      await rm(home, { recursive: true, force: true });
    },
  };
}

export interface AptRepository {
  /** Where it is put: `deb URL-OF-DIR SUITE main`. */
  readonly dir: string;
  readonly suite: string;
  readonly debs: readonly string[];
  readonly key: SigningKey;
}

/** Lays a signed repository with these packages for amd64 into `dir`. */
export async function writeAptRepository({ dir, suite, debs, key }: AptRepository): Promise<void> {
  const pool = join(dir, 'pool/main');
  const dist = join(dir, 'dists', suite);
  await mkdir(pool, { recursive: true });
  await mkdir(join(dist, 'main/binary-amd64'), { recursive: true });
  for (const deb of debs) await cp(deb, join(pool, basename(deb)));
  const content = await packagesIndex(debs.map((file) => ({ file, path: `pool/main/${basename(file)}` })));
  const index = { path: 'main/binary-amd64/Packages', content };
  await writeFile(join(dist, index.path), content);
  const fields = { Origin: 'flexgen rig', Suite: suite, Codename: suite, Architectures: 'amd64' };
  const release = releaseFile({ ...fields, Components: 'main' }, [index]);
  await writeFile(join(dist, 'Release'), release);
  await writeFile(join(dist, 'Release.gpg'), await key.sign(release));
  await writeFile(join(dist, 'InRelease'), await key.clearSign(release));
}
