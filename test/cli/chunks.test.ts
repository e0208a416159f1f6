import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { root } from './run.ts';

const dist = join(root, 'dist');
const chunk = (command: string): string => {
  const name = readdirSync(join(dist, 'chunks')).find((file) => file.startsWith(`${command}-`));
  assert.ok(name !== undefined && name.endsWith('.js'), command);
  return join(dist, 'chunks', name);
};

/** The text of a file of the bundle and of all that is loaded with it. */
function loaded(file: string, seen = new Set<string>()): string {
  if (seen.has(file)) return '';
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  const imports = text.matchAll(/\b(?:from|import)\s*"(\.{1,2}\/[^"]+\.js)"/g);
  return text + [...imports].map(([, path = '']) => loaded(join(dirname(file), path), seen)).join('');
}

// The name of the service account's folder stands in the Kubernetes client, and nowhere in flexgen.
const client = '/var/run/secrets/kubernetes.io/serviceaccount';

test('a command that calls nothing does not load the Kubernetes client', () => {
  assert.ok(loaded(chunk('cluster')).includes(client));
  for (const command of ['cloud-init', 'validate', 'schema']) {
    assert.ok(!loaded(chunk(command)).includes(client), command);
  }
  assert.ok(!loaded(join(dist, 'flexgen.js')).includes(client));
});
