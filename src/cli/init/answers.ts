import type { Arch } from '../../catalog/index.ts';
import type { OsName } from '../../config/spec.ts';
import type { Auth } from '../../node/auth/index.ts';

export const modes = [
  'bootstrap-token',
  'arc',
  'service-principal',
  'managed-identity',
] as const satisfies readonly Auth['mode'][];
export const systems = [
  'ubuntu-24.04',
  'ubuntu-22.04',
  'debian-13',
  'debian-12',
] as const satisfies readonly OsName[];
export const machines = ['amd64', 'arm64', 'auto'] as const satisfies readonly (Arch | 'auto')[];

/** What the first config is made of, by the names of the options that say it. */
export interface Answers {
  readonly resourceId?: string;
  readonly facts?: string;
  readonly mode?: string;
  readonly clientId?: string;
  readonly tenantId?: string;
  /** Empty: each machine's own host name. */
  readonly name?: string;
  readonly os?: string;
  readonly arch?: string;
  readonly podCidr?: string;
}

export interface Question {
  readonly key: keyof Answers;
  readonly flag: string;
  readonly text: string;
  /** What is meant where nothing is said; without it there must be an answer. */
  readonly default?: string;
  readonly choices?: readonly string[];
}

const isPrincipal = ({ mode }: Answers): boolean => mode === 'service-principal';

/** What is still to be asked, in this order; what an answer makes needless is not. */
export function* questions(): Generator<
  { readonly question: Question; readonly isAsked: (answers: Answers) => boolean },
  void
> {
  yield {
    question: {
      key: 'resourceId',
      flag: '--resource-id',
      text: 'The cluster’s resource id (`az aks list --query [].id -o tsv` lists yours)',
    },
    isAsked: ({ facts }) => facts === undefined,
  };
  yield {
    question: {
      key: 'mode',
      flag: '--mode',
      text: 'How the machine signs in',
      default: modes[0],
      choices: modes,
    },
    isAsked: () => true,
  };
  yield {
    question: { key: 'clientId', flag: '--client-id', text: 'The application (client) id of the principal' },
    isAsked: isPrincipal,
  };
  yield {
    question: { key: 'tenantId', flag: '--tenant-id', text: 'Its Entra tenant id' },
    isAsked: isPrincipal,
  };
  yield {
    question: { key: 'name', flag: '--name', text: 'The node’s name, which is the machine’s in Azure' },
    isAsked: ({ mode }) => mode === 'arc',
  };
  yield {
    question: {
      key: 'name',
      flag: '--name',
      text: 'The node’s name (empty: the machine’s own host name)',
      default: '',
    },
    isAsked: ({ mode }) => mode !== 'arc',
  };
  yield {
    question: {
      key: 'os',
      flag: '--os',
      text: 'The machine’s system',
      default: systems[0],
      choices: systems,
    },
    isAsked: () => true,
  };
  yield {
    question: {
      key: 'arch',
      flag: '--arch',
      text: 'Its architecture',
      default: machines[0],
      choices: machines,
    },
    isAsked: () => true,
  };
}
