import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheKey, cachedFolder } from '../services/cache.ts';
import { timed } from '../services/progress.ts';
import { run } from '../services/run.ts';
import { debianArchive } from './apt.ts';
import type { Release } from './machine.ts';
import { suites } from './releases.ts';

const packages: readonly string[] = [
  'linux-image-cloud-amd64 initramfs-tools zstd systemd systemd-sysv systemd-resolved',
  'systemd-timesyncd udev dbus cloud-init netplan.io openssh-server procps openssl gpg',
  'e2fsprogs ca-certificates curl jq iptables kmod iproute2 util-linux mount tar gzip',
].flatMap((line) => line.split(' '));

/** What `apt-get install jq gpg` fetches on either release, where the libraries that others need are there. */
export const fetchedPackages: readonly string[] = ['jq', 'libjq1', 'libonig5', 'gpg'];

export interface Bootstrap {
  readonly tar: string;
  /** The .deb files of `fetchedPackages`. */
  readonly debs: string;
}

/** A Debian as a cloud provider would ship it, as a tar: 35 to 150 s, then cached. */
export async function bootstrap(release: Release): Promise<Bootstrap> {
  const suite = suites[release];
  // Nothing on a node reads these; leaving them out makes everything after this quicker.
  const unread = ['doc', 'man', 'locale', 'info'].map(
    (name) => `--dpkgopt=path-exclude=/usr/share/${name}/*`,
  );
  // The host's apt with mmdebstrap's configuration, which knows the release's sources.
  const download = `cd "$RIG_DEBS" && APT_CONFIG="$MMDEBSTRAP_APT_CONFIG" apt-get download ${fetchedPackages.join(' ')}`;
  const options = [
    '--variant=minbase',
    `--include=${packages.join(',')}`,
    ...unread,
    `--customize-hook=${download}`,
  ];
  const folder = await cachedFolder(`machines/${release}-tar-${cacheKey([suite, ...options])}`, (draft) =>
    timed(`building ${release} with mmdebstrap`, async () => {
      const debs = join(draft, 'debs');
      await mkdir(debs);
      await run('nice', ['mmdebstrap', ...options, suite, join(draft, 'root.tar'), '-'], {
        input: await sourcesOf(suite),
        env: { ...process.env, RIG_DEBS: debs },
      });
    }),
  );
  return { tar: join(folder, 'root.tar'), debs: join(folder, 'debs') };
}

/** The `deb` lines of a suite, for an apt that is told to use nothing else. */
export async function sourcesOf(suite: string): Promise<string> {
  const { main, security } = await debianArchive();
  // bookworm's keyring already holds the keys of trixie.
  const deb = 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]';
  const lines = [`${deb} ${main} ${suite} main`, `${deb} ${main} ${suite}-updates main`];
  if (security !== undefined) lines.push(`${deb} ${security} ${suite}-security main`);
  return `${lines.join('\n')}\n`;
}
