import { nodeName } from '../../config/values/dns.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';

const usage = (message: string, hint: string): Diagnostic => ({
  severity: 'error',
  code: 'cli/node-name',
  message,
  hint,
});

/** The nodes that a command is for: those that are named, else the config's. */
export function wantedNames(
  named: readonly string[],
  configured: readonly string[],
  verb: string,
): Result<readonly string[]> {
  const names = [...new Set(named.length > 0 ? named : configured)];
  if (names.length === 0) {
    const hint = `say which: \`flexgen ${verb} NODE…\`; the config leaves the name to the machine`;
    return { ok: false, errors: [usage('no node is named', hint)] };
  }
  const errors = named.flatMap((name) => {
    const wrong = nodeName(name);
    return wrong === undefined ? [] : [usage(`${JSON.stringify(name)}: ${wrong.message}`, wrong.hint ?? '')];
  });
  return errors.length > 0 ? { ok: false, errors } : ok(names);
}
