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
  /** Absent in namespaces, where the kernel is the host's. */
  readonly at?: Milestones;
}

export const bootsFile = join(logsDir, 'boots.jsonl');

const milestones = `until test -e /run/cloud-init/result.json; do sleep 1; done
boot=$(date +%s.%N | awk '{getline up <"/proc/uptime"; split(up, u, " "); printf "%.3f", $1 - u[1]}')
at() { stat -c %.Y "$1" | awk -v boot="$boot" '{printf "%.1f", $1 - boot}'; }
unit() { journalctl -b -u flexgen -o short-monotonic --no-pager | sed -En "s/^\\\\[ *([0-9]+\\\\.[0-9]).*$1.*/\\\\1/p" | head -n1; }
printf '{"files":%s,"begun":%s,"ready":%s,"cloudInit":%s}' "$(at /etc/flexgen/node.env)" "$(unit 'Started flexgen')" "$(unit 'is Ready in')" "$(at /run/cloud-init/result.json)"`;

/** Notes the seconds of each boot step, for the benchmark's tables. */
export async function recordBoot(stage: Stage, node: BootedNode, downloads: number): Promise<void> {
  const { seconds } = JSON.parse(await on(node, 'cat /var/lib/flexgen/status.json')) as {
    seconds: Record<string, number>;
  };
  const { setting, release } = stage;
  const { auth, image } = node;
  const at = setting === 'qemu' ? { at: JSON.parse(await on(node, milestones)) as Milestones } : {};
  const record: BootRecord = { setting, release, auth, image, seconds, downloads, ...at };
  await appendFile(bootsFile, `${JSON.stringify(record)}\n`);
  say(
    `boot: ${Object.entries(seconds)
      .map(([step, took]) => `${step} ${took}`)
      .join(', ')}`,
  );
}
