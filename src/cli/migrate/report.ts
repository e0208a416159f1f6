import { encodeSh } from '../../encode/sh.ts';
import { visible } from '../text-width.ts';
import type { Migrated } from './draft.ts';
import type { Migration } from './migrate.ts';

const states = ['taken', 'changed', 'dropped', 'refused'] as const satisfies readonly Migrated['state'][];

const line = ({ state, path, to, why }: Migrated): string => {
  const place = to === null || to === path ? '' : ` → ${to}`;
  return `  ${state.padEnd(7)}  ${visible(path)}${place}${why === null ? '' : `: ${visible(why)}`}\n`;
};

/** What differs on the node, whatever the config says. */
const differs = [
  'nothing of it stays running: no agent, so nothing repairs or upgrades the node',
  'what it signs in with only asks for a certificate, and is gone once the node is Ready; no identity is cluster admin',
  'each download is verified by its sha256; swap stays off after reboots; kubelet is set by its file, not by flags',
  'pods have addresses of the node’s own range, where each node had the same one',
];

/** What has become of each field, and what is to be done before the config is used. */
export function migrationReport({ shape, fields, secrets }: Migration, file: string): string {
  const counts = states
    .map((state) => [state, fields.filter((one) => one.state === state).length] as const)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state}`);
  const source = file === '-' ? 'config.json' : file;
  const exports = secrets.map(
    ({ variable, path }) => `  export ${variable}="$(jq -r .${path} ${encodeSh(source)})"\n`,
  );
  return [
    `${visible(file)}: AKSFlexNode, ${shape}; ${fields.length} fields: ${counts.join(', ')}\n`,
    ...fields.map(line),
    'on the node:\n',
    ...differs.map((text) => `  ${text}\n`),
    ...(exports.length === 0
      ? []
      : ['the secret is not in the new config; before flexgen is run:\n', ...exports]),
  ].join('');
}
