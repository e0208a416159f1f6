/** Variables of an environment. */
type Env = Readonly<Record<string, string | undefined>>;

/** What the SDKs of Azure sign in with. */
const signInSecrets = ['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PASSWORD'] as const;

/** The secrets that a config names, by the variables that hold them. */
const named = new Set<string>();

/** No program that is started inherits these: `az` and `azd`, which the Azure SDK starts, take what the process has. */
export function withhold(names: Iterable<string> = signInSecrets): void {
  for (const name of names) {
    named.add(name);
    delete process.env[name];
  }
}

function without(env: Env, names: ReadonlySet<string>): Env {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.has(name)));
}

/** What a program gets of our own environment that the config names for a secret: all but the other secrets. */
export const commandEnv = (env: Env): Env => without(env, named);

/** The same for a program by which a kubeconfig signs in: kubelogin may do so with the secret of an SDK of Azure. */
export const signInEnv = (env: Env): Env =>
  without(env, new Set([...named].filter((name) => !signInSecrets.some((own) => own === name))));
