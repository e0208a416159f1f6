import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { createRig } from '../run.ts';
import { sample, sampleFiles } from '../sample.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

test('a kubeconfig with half a key is refused before anybody is asked, in words that hold nothing of it', async (t) => {
  const server = /^server: (.*)$/m.exec(sampleFiles['facts.yaml'])?.[1];
  const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  });
  const key = pem.toString().slice(0, -60);
  const kubeconfig = {
    'clusters': [{ name: 'c', cluster: { server } }],
    'users': [{ name: 'me', user: { 'client-key-data': base64(key), 'client-certificate-data': '' } }],
    'contexts': [{ name: 'x', context: { cluster: 'c', user: 'me' } }],
    'current-context': 'x',
  };
  const rig = createRig(t, { ...sampleFiles, 'flexgen.yaml': sample, 'config': JSON.stringify(kubeconfig) });
  assert.deepEqual(await rig.flexgen(['cluster', 'plan', '--kubeconfig', 'config']), {
    exitCode: 4,
    stdout: '',
    stderr: 'error: the kubeconfig’s user `me` can’t be used\n  `az aks get-credentials` writes a new one\n',
  });
});
