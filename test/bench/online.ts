import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingPackages, serviceTools } from '../rig/services/tools.ts';
import { startWorkstationSite } from '../rig/workstation-site.ts';
import type { WorkstationSite } from '../rig/workstation-site.ts';
import { median } from './timing.ts';

const rounds = 5;

/** An answer of Azure's takes about this long; whatever it is, what is counted is how many of them follow one another. */
const latency = 300;

const modes: Readonly<Record<string, (site: WorkstationSite) => object>> = {
  'bootstrap-token': () => ({}),
  'arc': () => ({}),
  'service-principal': ({ azure: { credentials } }) => ({
    clientId: credentials.clientId,
    tenantId: credentials.tenantId,
    secret: { file: 'secret' },
  }),
  'managed-identity': ({ azure: { credentials } }) => ({ objectId: credentials.managedIdentity.objectId }),
};

async function succeeds(site: WorkstationSite, args: string, folder: string): Promise<number> {
  const began = performance.now();
  const { exitCode, stderr } = await site.flexgen(args, folder);
  if (exitCode !== 0) throw new Error(`flexgen ${args}: ${stderr}`);
  return performance.now() - began;
}

/** Milliseconds of a first run and of the one after it, and what the first asked of Azure. */
async function measure(site: WorkstationSite, folder: string, wait: number) {
  const [first, second]: [number[], number[]] = [[], []];
  let requests = 0;
  for (let round = 0; round < rounds; round++) {
    site.azure.setLatency(wait);
    const before = site.azure.requests.length;
    first.push(await succeeds(site, 'cloud-init', folder));
    requests = site.azure.requests.length - before;
    second.push(await succeeds(site, 'cloud-init', folder));
    site.azure.setLatency(0);
    await succeeds(site, 'cluster remove', folder);
    await succeeds(site, 'identity remove', folder);
  }
  return { first: median(first), second: median(second), requests };
}

async function row(site: WorkstationSite, mode: string, base: number): Promise<string> {
  const auth = { mode, ...modes[mode]?.(site) };
  const network = { mode: 'bridge', podCIDR: '10.250.1.0/24' };
  const folder = await site.folder(mode, { auth, node: { name: 'edge-01' }, network });
  await writeFile(join(folder, 'secret'), site.azure.credentials.secret);
  const here = await measure(site, folder, 0);
  const afar = await measure(site, folder, latency);
  const depth = (slow: number, quick: number): string => ((slow - quick) / latency).toFixed(1);
  const cells = [
    mode,
    here.first.toFixed(0),
    (here.first / base).toFixed(1),
    here.second.toFixed(0),
    here.requests,
    depth(afar.first, here.first),
    depth(afar.second, here.second),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Full online runs as a section, or nothing where the rig has not what an API server needs. `base` is `node -e 0` in ms. */
export async function onlineTable(base: number): Promise<string> {
  if ((await missingPackages(serviceTools)).length > 0) return '';
  const dir = await mkdtemp(join(tmpdir(), 'flexgen-bench-'));
  const site = await startWorkstationSite(dir);
  try {
    const rows: string[] = [];
    for (const mode of Object.keys(modes)) rows.push(await row(site, mode, base));
    return `
## Online

A whole \`cloud-init\` from a resource id and a sign-in: facts, identity, role, what the cluster grants, payload; against the
local Azure and a real API server, median of ${rounds} rounds. \`az\` is a stand-in that answers at once; the real one takes about a
second for each of the two tokens. The critical path is measured: how much longer it takes, in answers of Azure, if each
of them takes ${latency} ms.

| mode | first run, ms | ratio to \`node -e 0\` | next run, ms | requests to Azure, first run | critical path, first run | next run |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
  } finally {
    await site.stop();
    await rm(dir, { recursive: true, force: true });
  }
}
