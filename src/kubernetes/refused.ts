/** The cluster, or the way to it, said no. The message never holds a credential. */
export class ClusterRefused extends Error {
  /** What to do about it. */
  readonly hint: string;
  /** HTTP’s; 0 where nothing was answered. */
  readonly status: number;
  /** The API server’s own words; empty where it said nothing. */
  readonly said: string;
  constructor(message: string, hint: string, status = 0, said = '') {
    super(message);
    this.hint = hint;
    this.status = status;
    this.said = said;
  }
}

/** The API server may be gone for a while: it is restarted, moved, or has too much to do. */
export const isPassing = ({ status }: ClusterRefused): boolean =>
  status === 0 || status === 429 || status >= 500;

/** What is done to something that may be gone already: false where it was. */
export async function unlessGone(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (error instanceof ClusterRefused && error.status === 404) return false;
    throw error;
  }
}

/** What an operator may not see is left out. */
export async function unlessForbidden<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ClusterRefused && error.status === 403) return null;
    throw error;
  }
}
