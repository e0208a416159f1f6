import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { say } from './services/progress.ts';
import { logsDir } from './services/cache.ts';
import { on } from './expect.ts';
import type { BootedNode, Stage } from './scenario.ts';

/** Seconds from the start of the machine's kernel. */
export interface Milestones {
  /** cloud-init has written what is this node's own. */
  readonly files: number;
  /** flexgen's unit has begun. */
  readonly begun: number;
  readonly ready: number;
  /** cloud-init's last stage has ended. */
  readonly cloudInit: number;
}

/** A line of `boots.jsonl`. */
export interface BootRecord {
  readonly setting: Stage['setting'];
  readonly release: Stage['release'];
  readonly auth: BootedNode['auth'];
  readonly image: BootedNode['image'];
  /** By step. */
  readonly seconds: Readonly<Record<string, number>>;
  /** Files from the mirror and answers of the registry. */
  readonly downloads: number;
  /** Seconds in which one curl gets the same files from the mirror; absent where the machine got none. */
  readonly curl?: number;
  /** Absent in namespaces, where the kernel is the host's. */
  readonly at?: Milestones;
}

/** Another line of it: a machine that was given nothing, to compare the others with. */
export interface BareRecord extends Pick<BootRecord, 'setting' | 'release'> {
  /** Seconds from the start of its kernel until cloud-init's last stage has ended. */
  readonly bare: number;
}

export const bootsFile = join(logsDir, 'boots.jsonl');

const ended = `until test -e /run/cloud-init/result.json; do sleep 1; done
boot=$(date +%s.%N | awk '{getline up <"/proc/uptime"; split(up, u, " "); printf "%.3f", $1 - u[1]}')
at() { stat -c %.Y "$1" | awk -v boot="$boot" '{printf "%.1f", $1 - boot}'; }
`;

const milestones = `${ended}unit() { journalctl -b -u flexgen -o short-monotonic --no-pager | sed -En "s/^\\\\[ *([0-9]+\\\\.[0-9]).*$1.*/\\\\1/p" | head -n1; }
printf '{"files":%s,"begun":%s,"ready":%s,"cloudInit":%s}' "$(at /etc/flexgen/node.env)" "$(unit 'Started flexgen')" "$(unit 'is Ready in')" "$(at /run/cloud-init/result.json)"`;

/** Nothing is verified, unpacked or kept: what the step `artifacts` could not do without. */
const plainDownload = `. /etc/flexgen/image.env
mapfile -t urls < <(cut -f3 /etc/flexgen/artifacts.tsv | sed "s|@|$ARCH|; s|^|$FROM|")
TIMEFORMAT=%R
time curl -fsSL \${MIRROR_CA:+--cacert $MIRROR_CA} "\${urls[@]}" >/dev/null`;

const record = async (line: BootRecord | BareRecord): Promise<void> =>
  await appendFile(bootsFile, `${JSON.stringify(line)}\n`);

/** Notes how long a machine takes that was given nothing. */
export async function recordBare({ setting, release }: Stage, node: BootedNode): Promise<void> {
  await record({ setting, release, bare: Number(await on(node, `${ended}at /run/cloud-init/result.json`)) });
}

/** Notes the seconds of each boot step, for the benchmark's tables. */
export async function recordBoot(stage: Stage, node: BootedNode, downloads: number): Promise<void> {
  const { seconds } = JSON.parse(await on(node, 'cat /var/lib/flexgen/status.json')) as {
    seconds: Record<string, number>;
  };
  const { setting, release } = stage;
  const { auth, image } = node;
  const at = setting === 'qemu' ? { at: JSON.parse(await on(node, milestones)) as Milestones } : {};
  const curl = downloads === 0 ? {} : { curl: Number(await on(node, `exec 2>&1; ${plainDownload}`)) };
  await record({ setting, release, auth, image, seconds, downloads, ...curl, ...at });
  say(
    `boot: ${Object.entries(seconds)
      .map(([step, took]) => `${step} ${took}`)
      .join(', ')}`,
  );
}
