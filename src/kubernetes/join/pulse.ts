/** A node's lease: its kubelet renews it every ten seconds, whatever else it does. */
export interface Lease {
  readonly version: string;
  /** By the machine's clock, in milliseconds. */
  readonly renewed: number;
}

export const leaseOf = (name: string) => ({
  resource: 'leases in kube-node-lease',
  path: `/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${name}`,
});

/** What a node's leases say of its machine. */
export interface Pulse {
  readonly version: string;
  /** When the lease was looked at, by the API server's clock in milliseconds. */
  readonly seen: number;
  /** Its kubelet runs now: what the node object says is not what an earlier machine of that name has left behind. */
  readonly alive: boolean;
  /** By how many milliseconds the machine's clock is ahead of the API server's, where that is too much. */
  readonly ahead: number | null;
}

/** As long as Kubernetes takes a node for alive that says nothing. */
const life = 40_000;

/** A skew that is worth a word: tokens and certificates take more. */
const skew = 30_000;

function aheadOf(lease: Lease, now: number, before: Pulse | undefined): number | null {
  const ahead = lease.renewed - now;
  if (ahead > skew) return ahead;
  if (before === undefined) return null;
  if (before.version === lease.version) return before.ahead;
  // It was renewed after the last look.
  return -ahead > skew + (now - before.seen) ? ahead : null;
}

/** The pulse from one more look at the lease. */
export function pulse(lease: Lease, now: number, before: Pulse | undefined): Pulse {
  const renewed = before !== undefined && before.version !== lease.version;
  const fresh = Math.abs(now - lease.renewed) <= life;
  return {
    version: lease.version,
    seen: now,
    alive: renewed || fresh || before?.alive === true,
    ahead: aheadOf(lease, now, before),
  };
}
