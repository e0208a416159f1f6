import { createHash } from 'node:crypto';
import { checksumOf, readChecksum, shippedDigest, upstreamUrl } from '../../catalog/index.ts';
import type { LockedArtifact } from '../../catalog/index.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { Unavailable, openUrl, patiently, readUrl, refusedWith } from './fetch.ts';
import type { Ways } from './fetch.ts';
import type { WantedDownload } from './wanted.ts';

/** runc's list has twenty lines. */
const longestList = 64 * 1024;

export const unreachable = (message: string): Diagnostic => ({
  severity: 'error',
  code: 'upstream/unreachable',
  message,
  hint: 'check the network; a proxy is taken from HTTPS_PROXY, its CA from NODE_EXTRA_CA_CERTS',
});

const looksLikeHtml = (text: string): boolean => /^\s*<(?:!doctype|html)/i.test(text);

function noDigest({ name, version, arch }: WantedDownload, url: string, text: string): Diagnostic {
  return {
    severity: 'error',
    code: 'upstream/checksum',
    message: `${url} has no digest of ${name} ${version} (${arch})`,
    hint: looksLikeHtml(text)
      ? 'it is a web page: something on the way, like the sign-in of a network, answers in upstream’s place'
      : 'look at it: it is no checksum file, or one of other files',
  };
}

function otherDigest(
  { name, version, arch }: WantedDownload,
  url: string,
  found: string,
  shipped: string,
): Diagnostic {
  return {
    severity: 'error',
    code: 'upstream/digest',
    message: `${url} gives ${name} ${version} (${arch}) the sha256 ${found}, but upstream published ${shipped}`,
    hint: 'somebody on the way, or upstream itself, has replaced the file: do not use it before you know why',
  };
}

function missing({ name, version }: WantedDownload, url: string): Diagnostic {
  return {
    severity: 'error',
    code: 'upstream/no-version',
    message: `upstream has no ${name} ${version}: ${url} answers 404`,
    hint: 'check the version; `versions` of the config pins another one',
  };
}

/** The sha256 of a download whose own digest is this sha512: it has to be read for that. */
async function sha256Of(url: string, sha512: string, ways: Ways): Promise<string | undefined> {
  return await patiently(async () => {
    const opened = await openUrl(url, ways);
    if (opened.status !== 200) throw refusedWith(opened);
    const hashes = { sha256: createHash('sha256'), sha512: createHash('sha512') };
    for await (const chunk of opened.body) {
      hashes.sha256.update(chunk);
      hashes.sha512.update(chunk);
    }
    return hashes.sha512.digest('hex') === sha512 ? hashes.sha256.digest('hex') : undefined;
  });
}

/** The entry of a lock for this download, as upstream's checksum file has it; or why there is none. */
export async function findUpstream(wanted: WantedDownload, ways: Ways): Promise<LockedArtifact | Diagnostic> {
  const { name, version, arch } = wanted;
  const checksum = checksumOf(name, version, arch);
  const url = upstreamUrl(name, version, arch);
  try {
    const answer = await readUrl(checksum.url, longestList, ways);
    if (answer.status === 404) return missing(wanted, checksum.url);
    if (answer.status !== 200) throw refusedWith(answer);
    const text = answer.bytes.toString('latin1');
    const digest = readChecksum(text, checksum);
    if (digest === undefined) return noDigest(wanted, checksum.url, text);
    const sha256 = checksum.algorithm === 'sha256' ? digest : await sha256Of(url, digest, ways);
    if (sha256 === undefined) {
      return {
        severity: 'error',
        code: 'upstream/digest',
        message: `${url} is not what ${checksum.url} says`,
        hint: 'run this again; if it stays so, upstream or somebody on the way has replaced the file',
      };
    }
    const shipped = shippedDigest(name, version, arch);
    if (shipped !== undefined && shipped !== sha256)
      return otherDigest(wanted, checksum.url, sha256, shipped);
    return { name, version, arch, url, sha256, source: 'upstream' };
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    return unreachable(error.message);
  }
}
