import type { Review } from '../review/review.ts';
import { artifactComponents } from './artifacts.ts';
import { aptComponents, osComponent } from './debian.ts';
import type { Os } from './debian.ts';
import type { BomComponent } from './cyclonedx.ts';
import { cycloneDx } from './cyclonedx.ts';
import { imageComponent } from './images.ts';
import { packageUrl } from './purl.ts';
import { setting } from './setting.ts';

const text = ({ files }: Review, path: string): string =>
  files.find((file) => file.path === path)?.text ?? '';

/** `ubuntu-24.04`, where the payload says for what it is. */
function osOf(env: string): Os | null {
  const [, name, version] = /^(\w+)-([\d.]+)$/.exec(setting(env, 'OS') ?? '') ?? [];
  return name === undefined || version === undefined ? null : { name, version };
}

/** What a golden image brings is in the payload that it was baked from. */
function goldenImage(env: string): readonly BomComponent[] {
  const id = setting(env, 'IMAGE') ?? '';
  if (id === '') return [];
  return [
    { 'type': 'operating-system', 'bom-ref': `image:${id}`, 'name': 'flexgen golden image', 'version': id },
  ];
}

/** What somebody else's payload fetches: all that is known of it is its address, and what it is checked by. */
function download({ url, digest }: Review['downloads'][number]): BomComponent {
  const name = new URL(url).pathname.split('/').findLast((part) => part !== '') ?? url;
  const [alg, content] = digest?.split(':') ?? [];
  const hashes =
    content === undefined || (alg !== 'sha256' && alg !== 'sha512')
      ? []
      : [{ alg: alg === 'sha256' ? ('SHA-256' as const) : ('SHA-512' as const), content }];
  const purl = packageUrl({
    type: 'generic',
    name,
    qualifiers: { download_url: url, checksum: hashes.length === 0 ? undefined : `${alg}:${content}` },
  });
  const externalReferences = [{ type: 'distribution', url }] as const;
  return { 'type': 'file', 'bom-ref': purl, name, hashes, purl, externalReferences };
}

/** Each reference once: a package may be wanted twice. */
const once = (components: readonly BomComponent[]): readonly BomComponent[] => [
  ...new Map(components.map((one) => [one['bom-ref'], one])).values(),
];

/** The bill of materials of what a payload installs on its machine, as far as the payload itself says it. */
export function payloadMaterials(review: Review, flexgenVersion: string): object {
  const envs = review.files
    .filter(({ path }) => /^\/etc\/flexgen\/[\w-]+\.env$/.test(path))
    .map((file) => file.text ?? '')
    .join('\n');
  const list = '/etc/flexgen/artifacts.tsv';
  const os = osOf(envs);
  const pause = /^pinned_images\.sandbox = ["']([^"']+)["']$/m.exec(
    text(review, '/etc/containerd/config.toml'),
  )?.[1];
  const components = once([
    ...goldenImage(envs),
    ...(os === null ? [] : [osComponent(os)]),
    ...artifactComponents(text(review, list), review.downloads),
    ...review.downloads.filter(({ from }) => from !== list).map((one) => download(one)),
    ...(pause === undefined ? [] : [imageComponent(pause)]),
    ...(os === null ? [] : aptComponents(os, envs)),
  ]);
  const name = setting(envs, 'NODE_NAME') ?? '';
  const cluster = setting(envs, 'CLUSTER') ?? '';
  return cycloneDx({
    tool: { name: 'flexgen', version: flexgenVersion },
    subject: {
      'type': 'platform',
      'bom-ref': 'node',
      'name': name === '' ? 'node' : name,
      ...(cluster === '' ? {} : { description: `a node of ${cluster}` }),
    },
    components,
    incomplete: true,
  });
}
