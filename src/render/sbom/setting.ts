/** The value of `NAME=value` or `NAME="value"` in an env file; undefined where it has none. */
export const setting = (env: string, name: string): string | undefined =>
  new RegExp(`^${name}="?([^"\\n]*)`, 'm').exec(env)?.[1];
