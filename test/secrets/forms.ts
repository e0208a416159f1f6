/** A base64 text of `secret` that stands inside a longer one, at each of the three ways it can be aligned. */
function base64Forms(secret: string): string[] {
  return [0, 1, 2].map((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]);
    // The first and the last letters depend on what stands beside the secret.
    return bytes.toString('base64').slice(shift === 0 ? 0 : shift + 1, -4);
  });
}

const htmlEntities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Everything but what RFC 3986 leaves alone; `encodeURIComponent` knows an older list. */
const strictly = (url: string): string =>
  url.replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * The forms in which a secret may stand somewhere: plain, for URLs and forms, in JSON (twice, too), in files that bash
 * reads, in YAML, in HTML, in hex, in base64 of both alphabets.
 */
export function formsOf(secret: string): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const url = encodeURIComponent(secret);
  const hex = Buffer.from(secret).toString('hex');
  const base64 = base64Forms(secret);
  return [
    ...new Set([
      secret,
      url,
      strictly(url),
      url.replaceAll(/%../g, (escape) => escape.toLowerCase()),
      url.replaceAll('%20', '+'),
      new URLSearchParams({ s: secret }).toString().slice(2),
      json,
      JSON.stringify(json).slice(1, -1),
      secret.replaceAll(/[\\"$`]/g, String.raw`\$&`),
      secret.replaceAll("'", "''"),
      secret.replaceAll("'", String.raw`'\''`),
      secret.replaceAll(/[&<>"']/g, (character) => htmlEntities[character] ?? ''),
      hex,
      hex.toUpperCase(),
      ...base64,
      ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    ]),
  ];
}
