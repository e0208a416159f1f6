import { mirrored } from '../../catalog/index.ts';
import type { OsName } from '../../config/spec.ts';
import { renderedFile } from '../files.ts';
import type { Contribution, PlanContext } from '../plan.ts';
import type { Arc } from './arc-mode.ts';

const vendor = 'https://packages.microsoft.com';
const vendorFingerprint = 'BC528686B50D79E339D3721CEB3E94ADBE1229CF';

/** The suite of each release, and where the vendor has one with the agent. */
const repositories = {
  'ubuntu-22.04': { suite: 'jammy', path: 'ubuntu/22.04/prod' },
  'ubuntu-24.04': { suite: 'noble', path: 'ubuntu/24.04/prod' },
  'debian-12': { suite: 'bookworm', path: 'debian/12/prod' },
  'debian-13': { suite: 'trixie', path: null },
} as const satisfies Record<OsName, { readonly suite: string; readonly path: string | null }>;

/** The version that the lock file has for each architecture of the node, or undefined. */
function lockedVersion({ agent }: Arc, { lock, spec }: PlanContext): string | undefined {
  const entries = (lock?.artifacts ?? []).filter(
    ({ name, version, arch }) =>
      name === 'azcmagent' &&
      (agent.version ?? version) === version &&
      (spec.node.arch === 'auto' || spec.node.arch === arch),
  );
  const versions = entries.map(({ version }) => version);
  return versions.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
}

/** From the vendor's repository, or whatever stands for it. */
function fromRepository({ agent }: Arc, context: PlanContext): Readonly<Record<string, string>> {
  const { node, artifacts } = context.spec;
  const { suite, path } = repositories[node.os];
  if (path === null && agent.repository === null) {
    context.report('node.os', {
      severity: 'error',
      code: 'auth/arc-os',
      message: `Arc’s agent is not published for ${node.os}`,
      hint: 'use another release, or set `auth.agent.repository`, or name a lock file that has `azcmagent`',
    });
  }
  const repository = agent.repository ?? mirrored(`${vendor}/${path ?? ''}`, artifacts.mirror);
  return {
    repository: `${repository} ${suite} main`,
    keyUrl: agent.keyUrl ?? mirrored(`${vendor}/keys/microsoft.asc`, artifacts.mirror),
    key: agent.keyFingerprint ?? vendorFingerprint,
    version: agent.version ?? '',
  };
}

/** Installs the agent: by the lock file's digest, or from a repository with a key of that fingerprint. */
export function agentContribution(auth: Arc, context: PlanContext): Contribution {
  const locked = lockedVersion(auth, context);
  const source = locked === undefined ? fromRepository(auth, context) : { version: locked };
  const connect = auth.onboarding.kind === 'preregistered' ? 'existing' : '';
  const none = { repository: '', keyUrl: '', key: '' };
  const settings = { ...none, ...source, connect };
  const files = [renderedFile(context.templates, '/etc/flexgen/arc.env', settings)];
  if (locked === undefined) return { files, hooks: ['arc-apt'], packages: ['gpg'] };
  const folder = '/var/lib/flexgen/cache/deb';
  return {
    files,
    hooks: ['arc-deb'],
    artifacts: [{ component: 'azcmagent', version: locked, when: 'join', folder }],
  };
}
