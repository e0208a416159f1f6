import type { ProxyServer, SecretRef } from '../config/spec.ts';

/** Only what no reader of URLs, shell or systemd takes for more than itself is left as it is. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** The proxy as programs want it in their environment: with name and password, where it asks for them. */
export function proxyUrl({ url, login }: ProxyServer, password: (ref: SecretRef) => string): string {
  if (login === null) return url;
  const user = `${encoded(login.username)}:${encoded(password(login.password))}`;
  return url.replace('://', () => `://${user}@`);
}
