import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { createMachine } from './shell.ts';
import type { Machine } from './shell.ts';

const bundle = '/etc/ssl/certs/ca-certificates.crt';
const pem = (body: string): string => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;

/** A machine that trusts one authority and was given another; `update` stands for update-ca-certificates. */
function machineWith(t: TestContext, update: string): Machine {
  const machine = createMachine(t);
  machine.write(bundle, pem('MIIB\nsomebody'));
  machine.write('/usr/local/share/ca-certificates/flexgen-proxy.crt', pem('MIIB\nthe+proxy='));
  machine.fake('update-ca-certificates', update);
  return machine;
}

test('the proxy’s CA is made known once, before anything is fetched', async (t) => {
  const machine = machineWith(t, 'echo update >&2; cat usr/local/share/ca-certificates/* >>etc/ssl/certs/*');
  const quiet = { exitCode: 0, stdout: '', stderr: '' };
  assert.deepEqual(await machine.bash('install\nmodes/proxy-ca'), { ...quiet, stderr: 'update\n' });
  assert.deepEqual(await machine.bash('install\nmodes/proxy-ca'), quiet);
});

test('a CA that can’t be made known is a verdict', async (t) => {
  const machine = machineWith(t, 'exit 1');
  assert.deepEqual(await machine.bash('install\nmodes/proxy-ca'), {
    exitCode: 10,
    stdout: "flexgen: FAILED at host (10): the proxy's CA can't be trusted — look at proxy.ca\n",
    stderr: '',
  });
});
