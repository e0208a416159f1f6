import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { diagnosticsAsJson, formatDiagnostics } from '../../src/cli/print.ts';
import { diagnose } from './support.ts';

/** Every wrong way to write a secret into the config that we could think of. */
const mistakes: readonly ((secret: string) => string)[] = [
  (secret) => `auth: {mode: bootstrap-token, token: ${secret}, foo: 1}`,
  (secret) => `auth:\n  mode: bootstrap-token\n  token: "${secret}"`,
  (secret) => `auth:\n  mode: bootstrap-token\n  token: |\n    ${secret}\n`,
  (secret) => `auth: {mode: bootstrap-token, token: [${secret}]}`,
  (secret) => `auth: {mode: bootstrap-token, token: {${secret}}}`,
  (secret) => `auth: {mode: bootstrap-token, token: {{${secret}}}}`,
  (secret) => `auth: {mode: bootstrap-token, token: {env: x.${secret}}}`,
  (secret) => `auth: {mode: bootstrap-token, token: {env: ${secret.replaceAll(/[.~-]/g, '_')}, foo: 1}}`,
  (secret) => `auth: {mode: bootstrap-token, token: {value: ${secret}}}`,
  (secret) => `auth: {mode: bootstrap-token, token: {env: {name: ${secret}}}}`,
  (secret) => `auth: {mode: bootstrap-token, token: {env: A}, token: ${secret}}`,
  (secret) => `auth: {mode: bootstrap-token, tokn: ${secret}}`,
  (secret) => `auth: {mode: service-principal, password: {text: ${secret}}}`,
  (secret) => `auth: {mode: nothing, secret: ${secret}}`,
  (secret) => `auth: {secret: ${secret}}`,
  (secret) => `clientSecret: ${secret}`,
  (secret) => `node: {password: ${secret}, foo: bar}`,
  (secret) => `proxy: {http: "http://me:${secret}@proxy.corp:3128"}`,
  (secret) => `artifacts: {mirror: "https://${secret}@mirror.corp"}`,
  (secret) => `auth: {mode: bootstrap-token, token: ${secret}: x}`,
  (secret) => `auth:\n  token: ${secret}\n\tfoo: bar`,
  (secret) => `auth:\n  token: "${secret}`,
  (secret) => `auth:\n  token:\n    ${secret}: : x`,
  (secret) => `auth:\n  secret: @${secret}`,
  (secret) => `ssh: {authorizedKeys: ["-----BEGIN OPENSSH PRIVATE KEY----- ${secret}"]}`,
];

for (const [index, mistake] of mistakes.entries()) {
  test(`a secret is never shown: ${JSON.stringify(mistake('S'))}`, () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z][a-zA-Z0-9._~-]{11,40}[A-Z]$/), (secret) => {
        const found = diagnose(`apiVersion: flexgen/v1\n${mistake(secret)}\n`);
        assert.ok(found.some(({ severity }) => severity === 'error'));
        for (const shown of [formatDiagnostics(found, { color: false }), diagnosticsAsJson(found)]) {
          assert.ok(!shown.includes(secret), shown);
        }
      }),
      { numRuns: 20, seed: index },
    );
  });
}

test('a secret that YAML takes for a number is hidden too', () => {
  const [found] = diagnose(
    'apiVersion: flexgen/v1\ncluster: {facts: x}\nauth: {mode: bootstrap-token, token: 4711}\n',
  );
  assert.equal(found?.code, 'config/secret-in-plain');
  assert.equal(found?.location?.text, 'auth: {mode: bootstrap-token, token: ****}');
});

test('what a reference says stays readable', () => {
  const [found] = diagnose('auth: {mode: bootstrap-token, token: {file: ./token}, foo: 1}');
  assert.equal(found?.location?.text, 'auth: {mode: bootstrap-token, token: {file: ./token}, foo: *}');
});
