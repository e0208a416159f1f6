/** One thing of an identity: what it is, and what has to happen to it, or did. */
export interface Item {
  readonly action: 'create' | 'change' | 'keep' | 'delete';
  readonly kind: 'key' | 'machine' | 'role assignment' | 'service principal';
  readonly name: string;
  readonly detail: string;
}
