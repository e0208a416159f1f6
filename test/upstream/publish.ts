import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checksumOf, upstreamUrl } from '../../src/catalog/index.ts';
import type { Arch, Released } from '../../src/catalog/index.ts';
import type { Content } from './answer.ts';
import type { Upstream } from './upstream.ts';

const hash = (algorithm: string, content: Buffer | string): string =>
  createHash(algorithm).update(content).digest('hex');

/** The bytes of a made-up release: text, so that a wrong one is seen. */
export const releaseOf = (name: Released, version: string, arch: Arch): Buffer =>
  Buffer.from(`${name} ${version} ${arch}\n`.repeat(2000));

/** The list of runc has its other files too, this one not first. */
function list(name: Released, digest: string, file: string): string {
  switch (name) {
    case 'kubelet':
    case 'kubectl':
    case 'kubeadm':
      return digest;
    case 'crictl':
      return `${digest}\n`;
    case 'runc':
      return ['libseccomp-2.6.0.tar.gz', `${file}.asc`]
        .map((other) => `${hash('sha256', other)} *${other}\n`)
        .concat(`${digest} *${file}\n`)
        .join('');
    default:
      return `${digest}  ${file}\n`;
  }
}

/** Publishes a component as its upstream does: the file, and its digest beside it. */
export function publish(upstream: Upstream, name: Released, version: string): void {
  const lists: string[] = [];
  for (const arch of ['amd64', 'arm64'] as const) {
    const checksum = checksumOf(name, version, arch);
    const bytes = releaseOf(name, version, arch);
    upstream.put(upstreamUrl(name, version, arch), bytes);
    lists.push(list(name, hash(checksum.algorithm, bytes), checksum.file));
    upstream.put(checksum.url, Buffer.from(name === 'runc' ? lists.join('') : (lists.at(-1) ?? '')));
  }
}

/** The same with a digest alone: nobody asks for the file. */
export function publishDigest(
  upstream: Upstream,
  name: Released,
  version: string,
  digests: Readonly<Record<Arch, string>>,
): void {
  const { amd64, arm64 } = digests;
  const rows = Object.entries({ amd64, arm64 }) as [Arch, string][];
  for (const [arch, digest] of rows) {
    const { url, file } = checksumOf(name, version, arch);
    const text =
      name === 'runc'
        ? rows.map(([one, sum]) => list(name, sum, checksumOf(name, version, one).file)).join('')
        : list(name, digest, file);
    upstream.put(url, Buffer.from(text));
  }
}

interface Blob {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

const type = (name: string): string => `application/vnd.oci.image.${name}`;

/** Publishes a container image of one small layer for these architectures, as an index. Returns the manifests' digests. */
export function publishImage(
  upstream: Upstream,
  image: string,
  arches: readonly Arch[] = ['amd64', 'arm64'],
): Readonly<Record<string, string>> {
  const [, host = '', repository = '', tag = ''] = /^([^/]+)\/(.*):(.*)$/.exec(image) ?? [];
  const base = `https://${host}/v2/${repository}`;
  const put = (content: Content, mediaType: string, as: 'manifests' | 'blobs', name?: string): Blob => {
    const bytes = Buffer.isBuffer(content) ? content : Buffer.alloc(0);
    const digest = `sha256:${hash('sha256', bytes)}`;
    for (const reference of [digest, ...(name === undefined ? [] : [name])]) {
      upstream.put(`${base}/${as}/${reference}`, bytes, mediaType);
    }
    return { mediaType, digest, size: bytes.length };
  };
  const json = (document: object): Buffer => Buffer.from(JSON.stringify(document));
  const manifests = arches.map((arch) => {
    const layer = put(
      Buffer.from(`the layer of ${image} for ${arch}\n`.repeat(500)),
      type('layer.v1.tar'),
      'blobs',
    );
    const config = put(json({ architecture: arch, os: 'linux' }), type('config.v1+json'), 'blobs');
    const mediaType = type('manifest.v1+json');
    const manifest = put(
      json({ schemaVersion: 2, mediaType, config, layers: [layer, layer] }),
      mediaType,
      'manifests',
    );
    return { ...manifest, platform: { os: 'linux', architecture: arch } };
  });
  const index = type('index.v1+json');
  put(json({ schemaVersion: 2, mediaType: index, manifests }), index, 'manifests', tag);
  return Object.fromEntries(manifests.map(({ platform, digest }) => [platform.architecture, digest]));
}

/** Publishes an image of an OCI layout on disk, as it stands there. */
export async function publishLayout(upstream: Upstream, image: string, layout: string): Promise<void> {
  const [, host = '', repository = '', tag = ''] = /^([^/]+)\/(.*):(.*)$/.exec(image) ?? [];
  const base = `https://${host}/v2/${repository}`;
  const index = JSON.parse(await readFile(join(layout, 'index.json'), 'utf8')) as { manifests: Blob[] };
  for (const { mediaType, digest } of index.manifests) {
    const manifest = await readFile(join(layout, 'blobs', digest.replace(':', '/')));
    for (const reference of [digest, tag])
      upstream.put(`${base}/manifests/${reference}`, manifest, mediaType);
    const { config, layers } = JSON.parse(manifest.toString()) as { config: Blob; layers: Blob[] };
    for (const blob of [config, ...layers]) {
      upstream.put(`${base}/blobs/${blob.digest}`, {
        file: join(layout, 'blobs', blob.digest.replace(':', '/')),
      });
    }
  }
}
