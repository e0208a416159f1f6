/** Why a join does not go on, as far as the cluster knows. */
export interface Reason {
  /** Stable across releases. */
  readonly code: `join/${string}`;
  /** One sentence that goes on after the node's name. */
  readonly what: string;
  readonly hint: string;
  /** Waiting does not help. */
  readonly lasting: boolean;
}

export const passing = (code: Reason['code'], what: string, hint: string): Reason => ({
  code,
  what,
  hint,
  lasting: false,
});

export const lasting = (code: Reason['code'], what: string, hint: string): Reason => ({
  code,
  what,
  hint,
  lasting: true,
});

/** Where a person looks who has the machine and nothing else. */
export const onTheMachine = '`flexgen-node status` and `flexgen-node logs` on the machine say more';
