import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { azureFor } from '../../azure/fixture.ts';
import type { Azure } from '../../azure/server/azure.ts';
import { application } from '../../azure/server/applications.ts';
import { read } from '../../encode/reader.ts';
import { askToken, credentialOf, machineWithToken, objectIdOf, planAuth } from './credential.ts';
import type { Machine } from './shell.ts';

const skip = ['curl', 'jq', 'openssl'].find(
  (tool) => read(tool, [tool === 'openssl' ? 'version' : '--version']) === undefined,
);

/** A machine whose principal proves itself to that Entra in this way. */
async function machineFor(
  t: TestContext,
  azure: Azure,
  proof: string,
  files: Readonly<Record<string, string>> = {},
): Promise<Machine> {
  const { clientId, tenantId } = azure.credentials;
  const where = `authority: "${azure.authorityHost}", authorityCa: { file: entra.pem }`;
  const auth = `{ mode: service-principal, clientId: ${clientId}, tenantId: ${tenantId}, ${proof}, ${where} }`;
  const plan = await planAuth(t, auth, { ...files, 'entra.pem': azure.caPem });
  const machine = machineWithToken(t, plan);
  // As `join` does it before it asks for a token.
  if (proof.startsWith('certificate'))
    assert.equal((await machine.bash('join\nmodes/entra\nmodes/certificate\nconnect')).exitCode, 0);
  machine.write('/etc/flexgen/authority-ca.pem', azure.caPem);
  return machine;
}

const withCertificate = async (t: TestContext, azure: Azure, pair: string): Promise<Machine> =>
  await machineFor(t, azure, 'certificate: { file: pair.pem }', { 'pair.pem': readFileSync(pair, 'utf8') });

suite(
  'a principal with a certificate',
  { concurrency: 2, skip: skip !== undefined && `needs ${skip}` },
  () => {
    test('gets a token by an assertion that Entra takes', async (t) => {
      const azure = await azureFor(t);
      const machine = await withCertificate(t, azure, azure.credentials.certificate.pairFile);
      const before = Math.floor(Date.now() / 1000);
      const { token, ends } = credentialOf(await askToken(machine));
      assert.equal(objectIdOf(token), application.objectId);
      assert.ok(ends >= before + 3299 && ends <= Date.now() / 1000 + 3299);
    });

    test('says the AADSTS code of a certificate that the application does not have', async (t) => {
      const azure = await azureFor(t);
      const machine = await withCertificate(t, azure, azure.credentials.strangeCertificate.pairFile);
      const { exitCode, stdout, stderr } = await askToken(machine);
      assert.notEqual(exitCode, 0);
      assert.deepEqual({ stdout, code: stderr.slice(0, 13) }, { stdout: '', code: 'AADSTS700027:' });
      assert.doesNotMatch(stderr, /\n/);
    });

    test('a clock that is wrong is told from a wrong certificate', async (t) => {
      const azure = await azureFor(t);
      azure.setClockSkew(1200);
      const machine = await withCertificate(t, azure, azure.credentials.certificate.pairFile);
      assert.match((await askToken(machine)).stderr, /^AADSTS700024: /);
    });

    test('has on the node the key alone, in a file for root', async (t) => {
      const azure = await azureFor(t);
      const { certFile, keyPem, pairFile } = azure.credentials.certificate;
      const machine = await withCertificate(t, azure, pairFile);
      const key = machine.read('/var/lib/kubelet/token.key');
      assert.match(key, /^-----BEGIN RSA PRIVATE KEY-----\n[\w+/=\n]+-----END RSA PRIVATE KEY-----\n$/);
      const modulus = (...args: string[]) => read('openssl', [...args, '-noout', '-modulus'], { input: key });
      assert.equal(modulus('rsa'), modulus('x509', '-in', certFile));
      assert.notEqual(key, keyPem);
      const raw = new X509Certificate(readFileSync(certFile)).raw.toString('base64');
      for (const name of machine.names('/var/lib/kubelet').filter((path) => path.startsWith('token.')))
        assert.equal(machine.read(`/var/lib/kubelet/${name}`).replaceAll('\n', '').includes(raw), false);
      const modes = await machine.bash('stat -c %a var/lib/kubelet/token.{sh,env,primes,key}');
      assert.equal(modes.stdout, '700\n600\n600\n600\n');
    });

    test('neither key nor assertion is on a command line', async (t) => {
      const azure = await azureFor(t);
      const machine = await withCertificate(t, azure, azure.credentials.certificate.pairFile);
      machine.fake('curl', 'printf "%s\\n" "$@" >>argv; cat >stdin; echo "{}"');
      machine.fake('openssl', `printf "%s\\n" "$@" >>argv; exec "$(PATH=\${PATH#*:} type -p openssl)" "$@"`);
      await askToken(machine);
      const argv = machine.read('/argv');
      const key = machine.read('/var/lib/kubelet/token.key').split('\n')[1] ?? '';
      assert.equal(argv.includes(key), false);
      assert.equal(argv.includes(machine.read('/stdin').slice(0, 40)), false);
      assert.match(argv, /\nclient_assertion@-\n/);
      assert.match(argv, /^-sSm20$/m);
    });
  },
);

suite(
  'a principal with a federated token',
  { concurrency: 2, skip: skip !== undefined && `needs ${skip}` },
  () => {
    const file = '/var/run/secrets/$(id)/token';

    test('reads the file anew each time', async (t) => {
      const azure = await azureFor(t);
      const machine = await machineFor(t, azure, `federated: { file: "${file}" }`);
      machine.write(file, `${azure.issueFederatedToken({ sub: 'system:serviceaccount:edge:other' })}\n`);
      assert.match((await askToken(machine)).stderr, /^AADSTS700213?: /);
      // As an issuer renews it, with a line break at its end or without.
      writeFileSync(`${machine.folder}${file}`, `${azure.issueFederatedToken({})}\n`);
      assert.equal(objectIdOf(credentialOf(await askToken(machine)).token), application.objectId);
    });

    test('without the file says so', async (t) => {
      const azure = await azureFor(t);
      const machine = await machineFor(t, azure, 'federated: { file: /var/run/none }');
      const { exitCode, stdout, stderr } = await askToken(machine);
      assert.notEqual(exitCode, 0);
      assert.equal(stdout, '');
      assert.match(stderr, /\/var\/run\/none: No such file or directory\n$/);
      assert.deepEqual(azure.requests, []);
    });
  },
);
