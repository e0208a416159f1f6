import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { azureProblem, oneLine } from './problem.ts';

/** Why `az` or `azd` gave no token; `next` = nobody is signed in there, so another may be asked. */
export interface NoToken {
  readonly problem: Diagnostic;
  readonly next: boolean;
}

export type Program = 'az' | 'azd';

const logins = { az: 'az login', azd: 'azd auth login' } as const satisfies Record<Program, string>;

const problem = (what: string, hint: string) => azureProblem('azure/sign-in', what, hint);

/**
 * What the SDK's error about a program means. `message` is the SDK's own sentence, or what the program wrote to standard
 * error; `subscriptionId` is the one that `az` was asked for.
 */
export function commandLineProblem(program: Program, message: string, subscriptionId: string): NoToken {
  const login = logins[program];
  if (/could not be found|couldn't be found/.test(message)) {
    const hint = `install it and run \`${login}\`, or set \`azure.signIn\` to another`;
    return { next: true, problem: problem(`\`${program}\` is not installed`, hint) };
  }
  if (/Subscription .* not found/i.test(message)) {
    const what = `who is signed in to \`${program}\` does not see subscription ${subscriptionId}`;
    const hint =
      '`az login --tenant TENANT` with the subscription’s tenant; `az account list` shows what you see';
    return { next: false, problem: problem(what, hint) };
  }
  if (/az login|azd auth login/.test(message)) {
    return { next: true, problem: problem(`nobody is signed in to \`${program}\``, `run \`${login}\``) };
  }
  if (/Unexpected end of JSON input/.test(message)) {
    const hint = `run \`${login}\` by hand and see`;
    return { next: false, problem: problem(`\`${program}\` gave no token within 30 s`, hint) };
  }
  const hint = `run \`${login}\` by hand and see`;
  return { next: false, problem: problem(`\`${program}\` gave no token: ${oneLine(message)}`, hint) };
}

/** Neither has anybody signed in. */
export const nobodySignedIn: Diagnostic = azureProblem(
  'azure/sign-in',
  'nobody is signed in to Azure',
  'run `az login` (or `azd auth login`), or say in `azure.signIn` who asks; with `cluster.facts` nobody is needed',
);
