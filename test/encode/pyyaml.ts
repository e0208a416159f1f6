import { parseList, pythonWith, read } from './reader.ts';

// JSON keeps all that matters here: strings, numbers, booleans, null, and the order of keys.
const SAFE_LOAD = 'import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin.buffer.read())))';

/** The list that cloud-init's YAML reader makes of a text, or undefined where PyYAML is not installed. */
export function readPyYaml(text: string): unknown[] | undefined {
  const python = pythonWith('yaml');
  return python === undefined ? undefined : parseList(read(python, ['-c', SAFE_LOAD], { input: text }) ?? '');
}
