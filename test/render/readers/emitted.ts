import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import type { NodeFile } from '../../../src/node/plan.ts';
import { principal, sample, sampleFiles } from '../../cli/sample.ts';
import { planIn, planStarter, starters } from '../starters.ts';

const head = sample.slice(0, sample.indexOf('  mode:'));

const arc = `${head}  mode: arc
  subscriptionId: 33333333-4444-4555-8666-777777777777
  resourceGroup: machines
  location: westeurope
  tenantId: 99999999-8888-4777-8666-555555555555
  machineName: edge-07
`;

/** What no starter has: every option that adds a file or a script. */
const extras: Readonly<Record<string, string>> = {
  always: `${principal.replace(
    'network: { mode: external }',
    '  credentialUse: always\n  authorityCa: { file: ca.pem }\nnetwork: { mode: node-cidr }',
  )}node: { arch: auto, ip: { interface: eth1 } }
components: { nodeProblemDetector: on }
artifacts: { ca: { file: ca.pem }, lock: lock.json }
runtime: { registryMirrors: { 'registry.example:5000': [https://one.example, https://two.example/v2] } }
proxy: { http: 'http://[fd00::1]:3128', noProxy: [.example] }
`,
  federated: principal.replace('secret: { file: secret }', 'federated: { file: "/run/a$token" }'),
  identity: `${head}  mode: managed-identity\n  credentialUse: always\nnetwork: { mode: external }\n`,
  arcFromLock: `${arc}  credentialUse: always\nnetwork: { mode: external }\nartifacts: { lock: lock.json }\n`,
  arcByItself: `${arc}  onboarding: service-principal
  servicePrincipal: { clientId: 11111111-2222-4333-8444-555555555555, secret: { file: secret } }
  tags: { "a b": "'c' \\"d\\" $e" }
network: { mode: external }
artifacts: { mirror: https://mirror.example/all, ca: { file: ca.pem } }
`,
  withLogins: `${sample}runtime: { nvidia: auto }
artifacts: { ca: { file: ca.pem } }
proxy:
  https: { url: http://proxy.example:3128, username: me, password: { file: secret } }
  ca: { file: ca.pem }
`,
  secondFamily: `${sample.replace('mode: external', 'mode: bridge, podCIDR: fd00:7::/64')}node:
  taints: ['a.example/b=c:NoExecute']
  kubelet: { podPidsLimit: 100, volumePluginDir: "/a 'b' \\"c\\" #d: {{e}}" }
`,
};

// No release of the one comes with a sha256, and the other is no release at all.
const locked = ['amd64', 'arm64'].flatMap((cpu) =>
  [
    ['node-problem-detector', '1.36.0', `npd-${cpu}.tar.gz`] as const,
    ['azcmagent', '1.60.03293.809', `azcmagent-${cpu}.deb`] as const,
  ].map(([name, version, file]) => ({
    name,
    version,
    arch: cpu,
    url: `https://mirror.example/${file}`,
    sha256: '0'.repeat(64),
  })),
);

const files = {
  ...sampleFiles,
  'lock.json': JSON.stringify({ lockVersion: 1, artifacts: locked }),
  'secret': `"$(id)' \`x\` #: {{y}} \\`,
};

async function planExtra(config: string): Promise<readonly NodeFile[]> {
  const folder = mkdtempSync(join(tmpdir(), 'flexgen-test-'));
  try {
    for (const [path, content] of Object.entries({ ...files, 'flexgen.yaml': config })) {
      writeFileSync(join(folder, path), content);
    }
    return (await planIn(folder, 'flexgen.yaml')).files;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The files of every starter and of every option, by the config's name. */
export async function emitted(): Promise<ReadonlyMap<string, readonly NodeFile[]>> {
  const all = new Map<string, readonly NodeFile[]>();
  for (const name of starters) all.set(name, (await planStarter(name)).files);
  for (const [name, config] of Object.entries(extras)) all.set(name, await planExtra(config));
  return all;
}

/** Each content of the files that `wanted` picks, once. */
export async function contents(wanted: (path: string) => boolean): Promise<readonly NodeFile[]> {
  const list = [...(await emitted()).values()].flat().filter(({ path }) => wanted(path));
  return [...new Map(list.map((file) => [file.path + file.content, file])).values()];
}

/** A folder with these files as below a root folder; gone after the test. */
export function layOut(t: TestContext, list: readonly NodeFile[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'flexgen-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const { path, content, mode } of list) {
    mkdirSync(dirname(folder + path), { recursive: true });
    writeFileSync(folder + path, content, { mode });
  }
  return folder;
}
