/** The cluster, or the way to it, said no. The message never holds a credential. */
export class ClusterRefused extends Error {
  /** What to do about it. */
  readonly hint: string;
  /** HTTP’s; 0 where nothing was answered. */
  readonly status: number;
  constructor(message: string, hint: string, status = 0) {
    super(message);
    this.hint = hint;
    this.status = status;
  }
}
