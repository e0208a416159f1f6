import { createHash, randomInt } from 'node:crypto';
import { isMap } from '../config/data.ts';
import { bootstrapGroup } from './bindings.ts';
import { ownerLabel } from './object.ts';
import type { FoundObject, WantedObject } from './object.ts';
import { groupOf } from './request-policy/index.ts';

/** Which tokens a config makes. */
export interface TokenWish {
  /** Who joins with them: the value of a label. */
  readonly owner: string;
  /** The one group of theirs beside `bootstrapGroup`, which says for which node they are; null: for any. */
  readonly group: string | null;
  readonly ttlSeconds: number;
}

/** The tokens of one node, or of a payload that many nodes share. */
export const tokenWish = (nodeName: string | null, ttlSeconds: number): TokenWish => ({
  owner: ownerOf(nodeName),
  group: groupOf(nodeName),
  ttlSeconds,
});

/** A bootstrap token that is there, or is to be made. */
export interface BootstrapToken {
  readonly id: string;
  readonly secret: string;
  readonly expires: Date;
}

export const tokenNamespace = 'kube-system';

const anyNode = 'shared';

/** The owner of the tokens of one node, or of a payload that many nodes share. Node names may be longer than labels. */
export function ownerOf(nodeName: string | null): string {
  if (nodeName === null) return anyNode;
  const fits = /^[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?$/.test(nodeName) && nodeName !== anyNode;
  return fits ? nodeName : createHash('sha256').update(nodeName).digest('hex').slice(0, 40);
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
const random = (length: number): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');

/** A token that nobody knows yet; the API server wants whole seconds. */
export function newToken({ ttlSeconds }: Pick<TokenWish, 'ttlSeconds'>, now: Date): BootstrapToken {
  const expires = new Date((Math.floor(now.getTime() / 1000) + ttlSeconds) * 1000);
  return { id: random(6), secret: random(16), expires };
}

/** The token as kubelet shows it. */
export const tokenText = ({ id, secret }: BootstrapToken): string => `${id}.${secret}`;

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** The Secret by which the API server knows a token. It signs nothing: no `usage-bootstrap-signing`. */
export function tokenObject(
  { id, secret, expires }: BootstrapToken,
  { owner, group }: Pick<TokenWish, 'owner' | 'group'>,
): WantedObject {
  const data = {
    'token-id': id,
    'token-secret': secret,
    'expiration': expires.toISOString().replace(/\.\d+Z$/, 'Z'),
    'usage-bootstrap-authentication': 'true',
    'auth-extra-groups': [bootstrapGroup, ...(group === null ? [] : [group])].join(','),
    'description': `made by flexgen for ${owner === anyNode ? 'nodes that share their user-data' : owner}`,
  };
  return {
    kind: 'Secret',
    namespace: tokenNamespace,
    name: `bootstrap-token-${id}`,
    labels: { [ownerLabel]: owner },
    content: {
      type: 'bootstrap.kubernetes.io/token',
      data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, base64(value)])),
    },
  };
}

/** The token of a Secret; null where it is none that can be used. */
export function tokenIn({ name, content }: FoundObject | WantedObject): BootstrapToken | null {
  const data = isMap(content['data']) ? content['data'] : {};
  const text = (key: string): string => {
    const value = data[key];
    return typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : '';
  };
  const [id, secret, expires] = [text('token-id'), text('token-secret'), new Date(text('expiration'))];
  const usable =
    name === `bootstrap-token-${id}` && /^[a-z0-9]{16}$/.test(secret) && !Number.isNaN(expires.getTime());
  return usable ? { id, secret, expires } : null;
}
