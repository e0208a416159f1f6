import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { UnusableSecret, readSecret } from '../../src/io/secret.ts';
import { createRig } from '../cli/run.ts';

const at = 'auth.token';

/** The secret, or what is wrong with it. */
async function read(
  t: TestContext,
  content: string,
  env: Record<string, string> = {},
  source: 'file' | 'env' | 'command' = 'file',
) {
  const rig = createRig(t, { secret: content });
  const resolve = (path: string): string => `${rig.folder}/${path}`;
  const refs = {
    file: { at, kind: 'file', path: 'secret' },
    env: { at, kind: 'env', name: 'SECRET' },
    command: { at, kind: 'command', argv: ['sh', '-c', content] },
  } as const;
  try {
    return await readSecret(refs[source], { env, resolve });
  } catch (error) {
    if (!(error instanceof UnusableSecret)) throw error;
    return { refused: error.message };
  }
}

suite('a secret', () => {
  test('is what stands in the file, byte by byte', async (t) => {
    for (const secret of ['a', ' a ', `"'$(id)\`\\ #%{}`, 'größe 😀', '\u2028', '-']) {
      assert.equal(await read(t, secret), secret);
    }
  });

  test('is what the variable has', async (t) => {
    assert.equal(await read(t, '', { SECRET: ' a$b ' }, 'env'), ' a$b ');
    assert.deepEqual(await read(t, '', { SECRET: 'a\n' }, 'env'), {
      refused: 'the environment variable SECRET ends with a line break',
    });
  });

  test('is what the command prints, without the line break that every command prints', async (t) => {
    assert.equal(await read(t, 'echo "a b"', {}, 'command'), 'a b');
    assert.equal(await read(t, 'printf "a\\r\\n"', {}, 'command'), 'a');
    assert.equal(await read(t, 'printf a', {}, 'command'), 'a');
    assert.deepEqual(await read(t, 'printf "a\\n\\n"', {}, 'command'), {
      refused: 'the output of `sh` ends with a line break',
    });
    assert.deepEqual(await read(t, ':', {}, 'command'), { refused: 'the output of `sh` is empty' });
    assert.deepEqual(await read(t, 'echo a; exit 3', {}, 'command'), {
      refused: 'the command `sh` gave no secret: it ended with exit code 3',
    });
    assert.deepEqual(await read(t, 'kill -TERM $$', {}, 'command'), {
      refused: 'the command `sh` gave no secret: it was ended by SIGTERM',
    });
  });

  test('is one line of text', async (t) => {
    for (const control of ['\0', '\t', '\n', '\u001b', '\u007f', '\u0085']) {
      assert.deepEqual(await read(t, `a${control}b`), {
        refused: 'the secret file secret holds a control character',
      });
    }
  });
});
