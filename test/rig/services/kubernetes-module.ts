import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheKey, cachedFolder } from './cache.ts';
import { timed } from './progress.ts';
import { run } from './run.ts';

/** The programs of the checked-in module `kubernetes`. */
export const kubernetesPrograms: readonly string[] = [
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubeadm',
  'kubectl',
  'kubelet',
];

/**
 * The folder of the Go module that builds these programs of Kubernetes `version`: the checked-in one if that is its version, else one
 * made in the cache, which takes Go's network.
 */
export async function kubernetesModule(
  version: string,
  checkedIn: string,
  programs: readonly string[],
): Promise<string> {
  const goMod = await readFile(join(checkedIn, 'go.mod'), 'utf8');
  if (/^\tk8s\.io\/kubernetes v(\S+)/m.exec(goMod)?.[1] === version) return checkedIn;
  return cachedFolder(`go/kubernetes-${version}-${cacheKey(programs)}`, (dir) =>
    timed(`resolving Kubernetes ${version} as a Go module`, async () => {
      await writeFile(join(dir, 'go.mod'), moduleText(version, await upstreamModule(version), programs));
      await run('go', ['mod', 'tidy'], { cwd: dir });
    }),
  );
}

/** The text of Kubernetes' own go.mod at `version`. */
async function upstreamModule(version: string): Promise<string> {
  const answer: unknown = JSON.parse(
    await run('go', ['mod', 'download', '-json', `k8s.io/kubernetes@v${version}`], { cwd: '/' }),
  );
  if (typeof answer !== 'object' || answer === null || !('GoMod' in answer)) {
    throw new Error(`go mod download: no go.mod for Kubernetes ${version}`);
  }
  return readFile(String(answer.GoMod), 'utf8');
}

/**
 * go.mod before `go mod tidy`. Kubernetes replaces its staging modules (k8s.io/api and so on) by folders of its own
 * repository; published, they are the same code, and version v0.X.Y goes with Kubernetes v1.X.Y.
 */
function moduleText(version: string, upstream: string, programs: readonly string[]): string {
  const go = /^go (\S+)$/m.exec(upstream)?.[1];
  const staging = [...upstream.matchAll(/^\s*(\S+) => \.\/staging\//gm)].map(([, name]) => name);
  if (go === undefined || staging.length === 0) throw new Error(`unknown go.mod of Kubernetes ${version}`);
  return [
    'module flexgen.test/rig/kubernetes\n',
    `go ${go}\n`,
    `tool (\n${programs.map((name) => `\tk8s.io/kubernetes/cmd/${name}\n`).join('')})\n`,
    `require k8s.io/kubernetes v${version}\n`,
    `replace (\n${staging.map((name) => `\t${name} => ${name} v0.${version.slice(2)}\n`).join('')})\n`,
  ].join('\n');
}
