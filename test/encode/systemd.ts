import assert from 'node:assert/strict';
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseList, pythonWith, read, withFile } from './reader.ts';

/**
 * Calls what a service manager calls for `EnvironmentFile=`: `load_env_file`, then it drops each assignment that
 * `env_assignment_is_valid` rejects. Both are in the library that systemd ships for itself.
 */
const ENVIRONMENT_FILE = `
import ctypes, glob, json, sys
found = glob.glob("/usr/lib/*/systemd/libsystemd-shared-*.so") + glob.glob("/usr/lib/systemd/libsystemd-shared-*.so")
if not found:
    print("[]")
    sys.exit()
systemd = ctypes.CDLL(found[0])
assignments = ctypes.POINTER(ctypes.c_char_p)()
status = systemd.load_env_file(None, sys.argv[1].encode(), ctypes.byref(assignments))
if status < 0:
    sys.exit("load_env_file: %d" % status)
result = []
for assignment in assignments:
    if assignment is None:
        break
    if systemd.env_assignment_is_valid(assignment):
        result.append(assignment.decode())
print(json.dumps(result))
`;

/** The variables that systemd reads from this environment file, or undefined where its library is not installed. */
export function readEnvironmentFile(content: string): Record<string, string> | undefined {
  const python = pythonWith('ctypes');
  if (python === undefined) return undefined;
  const output = withFile('node.env', content, (path) => read(python, ['-c', ENVIRONMENT_FILE, path]));
  return variables(parseList(output ?? '[]'));
}

/** `NAME=value` each, or none at all where there was no reader. */
function variables(assignments: readonly unknown[]): Record<string, string> | undefined {
  if (assignments.length === 0) return undefined;
  return Object.fromEntries(assignments.map((text) => /^([^=]*)=([^]*)$/.exec(String(text))?.slice(1) ?? []));
}

const NOBODY = 65_534;

/**
 * The `Environment=` of a service as the service manager dumps it when it is asked to load and print units and exit
 * (`systemd --test`), or undefined where systemd is not installed.
 */
export function readUnitEnvironment(directives: string): Record<string, string> | undefined {
  const unit = `[Unit]\nDefaultDependencies=no\n[Service]\nExecStart=/bin/true\n${directives}`;
  const output = withFile('flexgen-test.service', unit, (path) => {
    const runtime = join(dirname(path), 'run');
    mkdirSync(runtime);
    chmodSync(runtime, 0o777);
    return read('/usr/lib/systemd/systemd', ['--user', '--test', '--unit=flexgen-test.service'], {
      env: { SYSTEMD_UNIT_PATH: `${dirname(path)}:`, XDG_RUNTIME_DIR: runtime, HOME: dirname(path) },
      id: process.getuid?.() === 0 ? NOBODY : undefined,
    });
  });
  if (output === undefined) return undefined;
  const dump = output.split('-> Unit ').find((part) => part.startsWith('flexgen-test.service:'));
  assert.ok(dump, 'systemd dumps the unit');
  const assignments = dump.split('\n').flatMap((line) => line.split('\t\tEnvironment: ')[1] ?? []);
  return variables(assignments);
}
