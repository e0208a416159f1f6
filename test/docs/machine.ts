import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../cli/run.ts';
import type { Place } from './place.ts';

/** What a machine says of its boot. */
const status = {
  state: 'ready',
  step: 'scrub',
  reason: '',
  remedy: '',
  code: 0,
  seconds: {
    host: 2,
    packages: 0,
    artifacts: 11,
    runtime: 3,
    identity: 1,
    kubelet: 1,
    registered: 9,
    ready: 3,
    total: 31,
  },
};

/**
 * The machine edge-01, behind `ssh`: it takes what documents send it and nothing else. A snippet for its root is read by its
 * shell, but not run, and kept; the line of a reset is run, with a `sudo` that keeps what it is called with.
 */
export function machine({ folder, write, standIn, borrow }: Place): void {
  const at = join(folder, '../machine');
  write('../machine/status.json', JSON.stringify(status));
  write('../machine/bin/sudo', `#!/bin/bash\necho "$*" >>'${at}/calls'\n`, 0o755);
  borrow('env');
  standIn(
    'ssh',
    `[[ $1 == edge-01 ]] || { echo "ssh: Could not resolve hostname $1" >&2; exit 255; }
case "\${*:2}" in
bash) PATH='${at}/bin' exec /bin/bash ;;
'sudo bash -s') cat >'${at}/snippet' && [[ -s '${at}/snippet' ]] && exec bash -n '${at}/snippet' ;;
'flexgen-node status --json') exec cat '${at}/status.json' ;;
esac
echo "$2: command not found" >&2
exit 127`,
  );
}

/** On a machine: the real `flexgen-node`, with the machine's own files in a folder. */
export function onMachine({ folder, write, standIn, borrow }: Place): void {
  const text = readFileSync(join(root, 'templates/node/usr/local/bin/flexgen-node'), 'utf8');
  const at = join(folder, '../machine');
  write('../machine/status.json', JSON.stringify(status));
  write('../.bin/flexgen-node', text.replace('var=/var/lib/flexgen', `var=${at}`), 0o755);
  standIn('journalctl', `[[ $* == '--no-pager -u flexgen -u containerd -u kubelet' ]]`);
  borrow('jq');
}
