import { rootCertificates } from 'node:tls';
import { artifactAddress } from '../../../catalog/index.ts';
import type { PlannedArtifact } from '../../../node/plan.ts';
import { textOf } from '../../open-config.ts';
import type { ReadConfig } from '../../read-config.ts';
import { atMost } from '../../at-most.ts';
import { fine } from '../check.ts';
import type { Check, Outcome } from '../check.ts';
import { probe } from '../probe.ts';
import type { Question } from '../probe.ts';
import { proxyFor } from '../proxy.ts';
import { reasonOf } from '../reason.ts';
import type { Situation } from '../situation.ts';

/** A mirror in a cupboard should not be flooded, nor GitHub annoyed. */
const concurrency = 4;

/** GitHub has one, dl.k8s.io one; a mirror may have its own. */
const redirects = 5;

interface Download {
  readonly name: string;
  readonly url: string;
}

function downloads(planned: readonly PlannedArtifact[], mirror: string | null): readonly Download[] {
  return planned.flatMap(({ name, url, sha256 }) =>
    Object.entries(sha256).map(([arch, digest]) => ({
      name: `${name} (${arch})`,
      url: artifactAddress(url.replaceAll('@', arch), digest, mirror),
    })),
  );
}

/** Undefined where it is there, else why not. */
async function missing(download: Download, ask: (url: URL) => Question): Promise<string | undefined> {
  let url = new URL(download.url);
  for (let hop = 0; hop <= redirects; hop += 1) {
    let answer;
    try {
      answer = await probe(url, ask(url));
    } catch (error) {
      return `${url.host}: ${reasonOf(error)}`;
    }
    const { status, location } = answer;
    if (status === 200) return undefined;
    if (status < 300 || status > 399 || location === null) return `${url.href} answers ${status}`;
    url = new URL(location);
  }
  return `${download.url} leads from one place to the next`;
}

const remedies = {
  mirror: 'put it on the mirror (`flexgen bundle` makes one), under its upstream URL without `https://`',
  upstream:
    'check the network and the proxy; or `artifacts.mirror` names a mirror that the machine can reach',
} as const;

/** Whom the machine trusts: its mirror's CA alone, or everybody's; and the proxy's beside either. */
function trustedBy({ loaded, texts }: ReadConfig): readonly string[] | undefined {
  const read = textOf(texts);
  const { artifacts: mirror, proxy } = loaded.spec;
  const base = mirror.ca === null ? undefined : [read(mirror.ca)];
  return proxy.ca === null ? base : [...(base ?? rootCertificates), read(proxy.ca)];
}

async function look({ planned, config, proxies }: Situation): Promise<readonly Outcome[]> {
  const plan = await planned();
  if (!plan.ok) return [];
  const { mirror } = config.loaded.spec.artifacts;
  if (mirror?.startsWith('file:') === true) return fine(`they are on the machine’s own disk, in ${mirror}`);
  const trusted = trustedBy(config);
  const all = downloads(plan.value.plan.artifacts, mirror);
  const ask = (url: URL): Question => ({ method: 'HEAD', ca: trusted, proxy: proxyFor(url, proxies) });
  const found = await atMost(concurrency, all, (download) => missing(download, ask));
  const wrong = all.flatMap(({ name }, index) => {
    const why = found[index];
    return why === undefined ? [] : [{ name, why }];
  });
  const from = mirror === null ? '' : ` on ${mirror}`;
  if (wrong.length === 0) return fine(`${all.length} downloads are there${from}, each with its sha256`);
  const remedy = remedies[mirror === null ? 'upstream' : 'mirror'];
  // A mirror that is down is one reason, not nine.
  const reasons = new Map(wrong.map(({ why }) => [why, wrong.filter((one) => one.why === why)]));
  return [
    { state: 'failed', detail: `${wrong.length} of ${all.length} downloads can’t be had${from}`, remedy },
    ...Array.from(reasons, ([why, those]): Outcome => {
      const names = those.length === all.length ? 'all' : those.map(({ name }) => name).join(', ');
      return { state: 'failed', detail: `${names}: ${why}` };
    }),
  ];
}

/** Everything the machine downloads is where the machine will look for it. */
export const artifacts: Check = {
  why: 'the machine downloads them at its first boot, and installs nothing that has not the right digest',
  online: true,
  after: () => ['config', 'cluster', 'versions'],
  applies: () => true,
  run: look,
};
