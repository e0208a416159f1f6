import { createHash } from 'node:crypto';
import { parseImageRef } from '../../catalog/index.ts';
import type { Arch, ImageRef } from '../../catalog/index.ts';
import { isMap, jsonIn } from '../../config/data.ts';
import { sha256 } from '../../node/image.ts';
import { Unavailable, openUrl, readUrl, refusedWith } from './fetch.ts';
import type { Opened, Ways } from './fetch.ts';

/** Something that a registry has under its digest. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

/** An image for one architecture. */
export interface Manifest extends Descriptor {
  readonly bytes: Buffer;
  /** Its config, then its layers, each once. */
  readonly blobs: readonly Descriptor[];
}

/** The image is not what it should be: nothing that may pass. */
export class BadImage extends Error {
  readonly hint: string;
  constructor(message: string, hint = 'its registry is at fault, or somebody on the way') {
    super(message);
    this.hint = hint;
  }
}

const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
] as const;

/** What registries allow. */
const longestManifest = 4 * 1024 * 1024;

const digestOf = (bytes: Buffer): string => `sha256:${sha256(bytes)}`;

const isDigest = (value: unknown): value is string =>
  typeof value === 'string' && /^sha256:[0-9a-f]{64}$/.test(value);

/** A session with the registry of one image, who asks for a token at the first refusal. */
export class Registry {
  readonly #ways: Ways;
  readonly #base: string;
  readonly image: string;
  readonly ref: ImageRef;
  #authorization: Readonly<Record<string, string>> = {};

  constructor(image: string, ways: Ways) {
    const ref = parseImageRef(image);
    if (ref === undefined)
      throw new BadImage(`${image} is no full image name`, 'write registry, repository and tag');
    this.image = image;
    this.ref = ref;
    this.#ways = ways;
    this.#base = `https://${ref.host === 'docker.io' ? 'registry-1.docker.io' : ref.host}/v2/${ref.repository}`;
  }

  /** Bearer tokens for nobody in particular, as public images want them. */
  async #authorize(header: string): Promise<void> {
    const parts = Object.fromEntries(
      [...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
    );
    const { realm, service, scope } = parts;
    if (!/^bearer /i.test(header) || realm === undefined || !isHttps(realm)) {
      throw new Unavailable(`${this.#base} wants a sign-in that flexgen does not have`, 401, false);
    }
    const url = new URL(realm);
    if (service !== undefined) url.searchParams.set('service', service);
    if (scope !== undefined) url.searchParams.set('scope', scope);
    const answer = await readUrl(url.href, 1024 * 1024, this.#ways);
    const said = answer.status === 200 ? jsonIn(answer.bytes.toString()) : undefined;
    const token = isMap(said) ? (said['token'] ?? said['access_token']) : undefined;
    if (typeof token !== 'string') {
      throw new Unavailable(`${url.host} gives nobody a token for ${this.image}`, answer.status, false);
    }
    this.#authorization = { authorization: `Bearer ${token}` };
  }

  /** Does it once more with a token where it is refused without one. */
  async #signedIn<T extends Opened>(
    ask: (headers: Readonly<Record<string, string>>) => Promise<T>,
  ): Promise<T> {
    const first = await ask(this.#authorization);
    const challenge = first.headers['www-authenticate'];
    if (first.status !== 401 || challenge === undefined) return first;
    first.done();
    await this.#authorize(challenge);
    return await ask(this.#authorization);
  }

  async #manifest(
    reference: string,
  ): Promise<{ readonly bytes: Buffer; readonly document: Record<string, unknown> }> {
    const url = `${this.#base}/manifests/${reference}`;
    const accept = manifestTypes.join(', ');
    const answer = await this.#signedIn((headers) =>
      readUrl(url, longestManifest, this.#ways, { ...headers, accept }),
    );
    if (answer.status !== 200) throw refusedWith(answer);
    const { bytes } = answer;
    if (reference.startsWith('sha256:') && digestOf(bytes) !== reference) {
      throw new BadImage(`${url} answers what has another digest`);
    }
    const document = jsonIn(bytes.toString());
    if (!isMap(document)) throw new BadImage(`${url} answers no manifest`);
    return { bytes, document };
  }

  /** The image for that architecture; `digest` where it is known already. */
  async manifest(arch: Arch, digest?: string, isListed = false): Promise<Manifest> {
    const { bytes, document } = await this.#manifest(digest ?? this.ref.reference);
    const { manifests } = document;
    if (Array.isArray(manifests)) {
      // No index has an index of its own; a registry could lead from one to the next without end.
      if (isListed) throw new BadImage(`${this.image} has an index within its index`);
      const own: unknown = manifests.find(
        (entry: unknown) =>
          isMap(entry) &&
          isMap(entry['platform']) &&
          entry['platform']['os'] === 'linux' &&
          entry['platform']['architecture'] === arch,
      );
      if (!isMap(own) || !isDigest(own['digest'])) throw this.#notFor(arch);
      return await this.manifest(arch, own['digest'], true);
    }
    const { config, layers, mediaType = manifestTypes[2] } = document;
    const blobs = [config, ...(Array.isArray(layers) ? layers : [])].map((entry) => this.#descriptor(entry));
    // An index has said it already.
    if (digest === undefined) await this.#check(arch, blobs[0]);
    const unique = new Map(blobs.map((blob) => [blob.digest, blob]));
    return {
      mediaType: String(mediaType),
      digest: digestOf(bytes),
      size: bytes.length,
      bytes,
      blobs: [...unique.values()],
    };
  }

  #notFor(arch: Arch): BadImage {
    return new BadImage(
      `${this.image} is not there for linux/${arch}`,
      'lock one architecture alone (`--arch`), or take an image that is there for both',
    );
  }

  /** What is no index is for one architecture, as its config says. */
  async #check(arch: Arch, config: Descriptor | undefined): Promise<void> {
    if (config === undefined || config.size > longestManifest) throw this.#notFor(arch);
    const chunks: Buffer[] = [];
    for await (const chunk of this.blob(config)) chunks.push(chunk);
    const said = jsonIn(Buffer.concat(chunks).toString());
    if (!isMap(said) || said['architecture'] !== arch || said['os'] !== 'linux') throw this.#notFor(arch);
  }

  #descriptor(entry: unknown): Descriptor {
    if (isMap(entry)) {
      const { mediaType, digest, size } = entry;
      if (typeof mediaType === 'string' && isDigest(digest) && Number.isSafeInteger(size)) {
        return { mediaType, digest, size: Number(size) };
      }
    }
    throw new BadImage(`the manifest of ${this.image} names something without type, digest or size`);
  }

  /** The bytes of a blob. */
  async *blob({ digest, size }: Descriptor): AsyncGenerator<Buffer> {
    const url = `${this.#base}/blobs/${digest}`;
    const answer = await this.#signedIn((headers) => openUrl(url, this.#ways, headers));
    if (answer.status !== 200) throw refusedWith(answer);
    const hash = createHash('sha256');
    let received = 0;
    for await (const chunk of answer.body) {
      received += chunk.length;
      hash.update(chunk);
      if (received > size) break;
      yield chunk;
    }
    if (received !== size || `sha256:${hash.digest('hex')}` !== digest) {
      throw new BadImage(`${url} answers what has another digest`);
    }
  }
}

const isHttps = (url: string): boolean => url.startsWith('https://') && URL.canParse(url);
