import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { hostile } from '../cli/characters.ts';
import { createRig, execute } from '../cli/run.ts';
import { principal, sampleFiles } from '../cli/sample.ts';
import { lacks } from '../encode/reader.ts';
import { decode } from './decode.ts';

const all = Object.values(hostile)
  .filter((value) => !/\p{Cc}/u.test(value))
  .join('');

const secrets = {
  ...hostile,
  'all of them': all,
  'spaces around': '  a  ',
  'a history expansion': 'a!!b',
  'a glob': '* ~ [a-z] ?',
  'what ends a form field': 'a+b&c=d%41;e',
  'an option': '-d @/etc/passwd',
};

suite('a client secret with', { concurrency: 2 }, () => {
  for (const [name, secret] of Object.entries(secrets)) {
    test(name, async (t) => {
      const rig = createRig(t, { ...sampleFiles, 'flexgen.yaml': principal, secret });
      const { exitCode, stdout, stderr } = await rig.flexgen(['cloud-init']);
      if (/\p{Cc}/u.test(secret)) {
        assert.deepEqual({ exitCode, stdout }, { exitCode: 3, stdout: '' });
        assert.match(
          stderr,
          /^error: the secret file secret holds a control character\n --> flexgen\.yaml:7:11\n/,
        );
        return undefined;
      }
      assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
      const decoded = decode(stdout);
      if (decoded === undefined) return lacks(t, 'PyYAML');
      const file = decoded.files.get('/var/lib/kubelet/token.env');
      assert.equal(file?.mode, '0600');
      rig.write('token.env', file.content);
      // As token.sh does it, with nothing that bash may expand left undefined.
      const script = 'set -euo pipefail; . ./token.env; printf %s "$CLIENT_SECRET"';
      const read = await execute('bash', ['--norc', '-c', script], { cwd: rig.folder });
      assert.deepEqual(read, { exitCode: 0, stdout: secret, stderr: '' });
      return undefined;
    });
  }
});
