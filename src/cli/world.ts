/** Everything a command may touch beside files: injected, so that a command is a function. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** Standard input, which a command opens only where it was asked to. */
  readonly stdin: () => AsyncIterable<Uint8Array>;
  /** Whether a person is there to answer: standard input and error are a terminal. */
  readonly asks?: () => boolean;
}

export interface Sink {
  readonly isTerminal: boolean;
  /** Resolves once the text has been handed to the system; rejects when nobody reads any more. */
  write(text: string | Uint8Array): Promise<void>;
}

/** Whether a person looks, at a terminal that can take back what it shows. */
export const isLive = ({ isTerminal }: Sink, env: World['env']): boolean =>
  isTerminal && env['TERM'] !== 'dumb';

/** Colour only there, and never against NO_COLOR (no-color.org). */
export const wantsColor = (sink: Sink, env: World['env']): boolean => isLive(sink, env) && !env['NO_COLOR'];
