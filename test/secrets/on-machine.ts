/** Where a secret was seen on a machine: while it was on, and in its files once it is off. */
export interface Seen {
  /** The programs that had it among their arguments. */
  readonly arguments: readonly string[];
  /** The programs that had it in their environment. */
  readonly environment: readonly string[];
  readonly journal: boolean;
  readonly console: boolean;
  /** After the join, in what is gone with the power: /run, /tmp, /dev/shm. */
  readonly memory: boolean;
  /** After the join. */
  readonly files: readonly string[];
}

export const nowhere: Seen = {
  arguments: [],
  environment: [],
  journal: false,
  console: false,
  memory: false,
  files: [],
};

/** Every program that the join or a service of the node starts, but none of a pod. */
export const everyProgram = ['every program of flexgen, containerd and kubelet'];

/** Where each secret is on a machine that has joined, and why; what is not named here is nowhere. */
export const onMachine = {
  'bootstrap token': { seen: nowhere },
  'client secret': { seen: nowhere },
  'certificate’s private key': { seen: nowhere },
  'Arc machine’s private key, as the payload has it': { seen: nowhere },
  'Arc machine’s private key, as the agent has it': {
    seen: { ...nowhere, files: ['var/opt/azcmagent/certs/myCert'] },
    why: 'it is the agent’s own from then on; here as the rig’s stand-in keeps it',
  },
  'federated token': {
    seen: { ...nowhere, files: ['etc/edge/federated-token'] },
    why: 'it is not flexgen’s: something else keeps it there, before and after',
  },
  'access tokens of Entra': { seen: nowhere },
  'registry’s password': {
    seen: { ...nowhere, files: ['etc/containerd/conf.d/registries.toml'] },
    why: '0600; containerd pulls with it for as long as there is a node',
  },
  'proxy’s password': {
    seen: { ...nowhere, environment: everyProgram, files: ['etc/flexgen/proxy.env'] },
    why: '0600; they reach the network with it for as long as there is a node. An environment is root’s alone to read, and no program of a pod has it',
  },
} as const satisfies Record<string, { readonly seen: Seen; readonly why?: string }>;

export type MachineSecret = keyof typeof onMachine;
