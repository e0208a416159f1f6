/** The variables by which programs know of a proxy; each is read in capitals, too. */
const variables = ['https_proxy', 'http_proxy', 'all_proxy'] as const;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** USER:PASSWORD of a URL, in the forms in which a text may have it; each with what stands there instead. */
function forms(url: string): readonly (readonly [string, string])[] {
  const [, login] = /^(?:[a-z]+:\/\/)?(.+)@/is.exec(url) ?? [];
  if (login === undefined) return [];
  const { username = '', password = '' } = URL.canParse(url) ? new URL(url) : {};
  const written = username === '' ? [] : [`${username}:${password}`];
  const basic = Buffer.from(decoded(login)).toString('base64');
  const inUrls = [login, decoded(login), ...written].map((text) => [`${text}@`, '***@'] as const);
  return [...inUrls, [basic, '***']];
}

type Done = (error?: Error | null) => void;

/** From here on this stream does not say who the operator is to a proxy, as these variables have it. */
export function withoutProxyLogins(
  stream: NodeJS.WriteStream,
  env: Readonly<Record<string, string | undefined>>,
): void {
  const logins = variables
    .flatMap((name) => [env[name], env[name.toUpperCase()]])
    .flatMap((url = '') => forms(url));
  const write = stream.write.bind(stream);
  stream.write = (text: string | Uint8Array, encoding?: BufferEncoding | Done, done?: Done): boolean => {
    const last = typeof encoding === 'function' ? encoding : done;
    if (typeof text !== 'string') return write(text, last);
    const said = logins.reduce((left, [login, instead]) => left.replaceAll(login, instead), text);
    return typeof encoding === 'string' ? write(said, encoding, last) : write(said, last);
  };
}
