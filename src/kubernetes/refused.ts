/** The cluster, or the way to it, said no. The message never holds a credential. */
export class ClusterRefused extends Error {
  /** What to do about it. */
  readonly hint: string;
  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}
