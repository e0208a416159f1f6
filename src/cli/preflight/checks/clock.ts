import type { Check, Outcome } from '../check.ts';
import { probe } from '../probe.ts';
import type { Answer } from '../probe.ts';
import { environmentProxies, proxyFor } from '../proxy.ts';
import { reasonOf } from '../reason.ts';
import type { Situation } from '../situation.ts';

/** What Entra allows between its clock and that of who proves something, in milliseconds; Kubernetes has no more. */
const allowed = 5 * 60_000;

interface Reading {
  readonly host: string;
  /** How far this machine is ahead, in milliseconds. */
  readonly ahead: number;
}

/** Entra's own: anybody may read it, of any tenant. */
const document = '/common/v2.0/.well-known/openid-configuration';

async function read(host: string, ask: () => Promise<Answer>): Promise<Reading | undefined> {
  const before = Date.now();
  try {
    const { date } = await ask();
    // The header has no parts of a second: half of one is the best guess.
    return date === null ? undefined : { host, ahead: (before + Date.now()) / 2 - (date + 500) };
  } catch (error) {
    reasonOf(error);
    return undefined;
  }
}

const usesEntra = ({ config: { loaded } }: Situation): boolean =>
  loaded.spec.cluster.kind === 'resource-id' || loaded.spec.auth.mode !== 'bootstrap-token';

/** Entra's clock, for who has to do with it; else, or where it can't be reached, the API server's. */
async function reading(situation: Situation): Promise<Reading | undefined> {
  const { entra, world, facts, apiServer } = situation;
  if (usesEntra(situation)) {
    const url = new URL(document, entra.authority);
    const proxy = proxyFor(url, environmentProxies(world.env));
    const own = await read(url.host, () => probe(url, { method: 'GET', ca: entra.ca, proxy }));
    if (own !== undefined) return own;
  }
  const known = await facts();
  return known.ok ? read(new URL(known.value.server).host, apiServer) : undefined;
}

/** This machine's clock agrees with those that will look at what it signs. */
export const clock: Check = {
  why: 'tokens and certificates are refused by who has another time; the machine’s own clock must be right too',
  online: true,
  after: () => [],
  applies: () => true,
  async run(situation): Promise<readonly Outcome[]> {
    const found = await reading(situation);
    if (found === undefined)
      return [{ state: 'unknown', detail: 'not known: nobody answered who says what time it is' }];
    const { host, ahead } = found;
    if (Math.abs(ahead) <= allowed)
      return [{ state: 'ok', detail: `this machine is within 5 minutes of ${host}` }];
    const minutes = Math.round(Math.abs(ahead) / 60_000);
    const detail = `this machine is ${minutes} minutes ${ahead > 0 ? 'ahead of' : 'behind'} ${host}`;
    return [{ state: 'failed', detail, remedy: 'set it: `sudo timedatectl set-ntp true` on Linux' }];
  },
};
