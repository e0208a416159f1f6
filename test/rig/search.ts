import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** A base64 text of `secret` that stands inside a longer one, at each of the three ways it can be aligned. */
function base64Forms(secret: string): string[] {
  return [0, 1, 2].map((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]);
    // The first and the last letters depend on what stands beside the secret.
    return bytes.toString('base64').slice(shift === 0 ? 0 : shift + 1, -4);
  });
}

/** The forms in which a secret may stand in a file: plain, url-encoded, JSON, env file, base64. */
function forms(secret: string): Buffer[] {
  const texts = [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    secret.replaceAll(/[\\"$`]/g, String.raw`\$&`),
    ...base64Forms(secret),
  ];
  return [...new Set(texts)].map((text) => Buffer.from(text));
}

/** Every file of a folder, links not followed, that holds the secret in any form; paths relative to it. */
export async function findSecret(folder: string, secret: string): Promise<string[]> {
  const wanted = forms(secret);
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const bytes = await readFile(file);
    if (wanted.some((form) => bytes.includes(form))) found.push(relative(folder, file));
  }
  return found.toSorted();
}
