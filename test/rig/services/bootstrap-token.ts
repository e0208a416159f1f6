import { randomInt } from 'node:crypto';

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** A new token, `[a-z0-9]{6}.[a-z0-9]{16}`, and the Secret in kube-system that makes the API server take it. */
export function bootstrapToken(lifetimeSeconds: number, group: string): { token: string; secret: object } {
  const id = random(6);
  const value = random(16);
  // The API server wants RFC 3339 without fractions of a second.
  const expiration = new Date(Date.now() + lifetimeSeconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: `bootstrap-token-${id}`, namespace: 'kube-system' },
    type: 'bootstrap.kubernetes.io/token',
    stringData: {
      'token-id': id,
      'token-secret': value,
      expiration,
      'usage-bootstrap-authentication': 'true',
      'usage-bootstrap-signing': 'true',
      'auth-extra-groups': group,
    },
  };
  return { token: `${id}.${value}`, secret };
}

function random(length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
