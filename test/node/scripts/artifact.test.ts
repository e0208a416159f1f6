import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { read } from '../../encode/reader.ts';
import { createMachine } from './shell.ts';
import type { Machine } from './shell.ts';
import { serve } from './server.ts';

const program = Buffer.from(`#!/bin/sh\n# ${randomBytes(64).toString('hex')}\necho kubelet\n`);
const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const cache = '/var/lib/flexgen/cache';
const run = '/run/flexgen';

/** curl as the scripts call it, without the pauses between its retries. */
function withoutPauses(machine: Machine): void {
  machine.fake('curl', `exec "$(PATH=\${PATH#*:} type -P curl)" "$@" --retry 0`);
}

interface Run {
  readonly code: number | null;
  readonly why: string;
}

/** Calls `artifact NAME FOLDER SHA256 URL` as a job does, without the traps of the main program. */
async function artifact(
  machine: Machine,
  sha256: string,
  url: string,
  name = 'kubelet',
  folder = '/opt/a',
): Promise<Run> {
  const call = `install\ntrap - ERR; set +e\nartifact ${name} ${machine.folder}${folder} ${sha256} ${url}`;
  const { exitCode, stdout, stderr } = await machine.bash(call);
  assert.deepEqual({ stdout, stderr }, { stdout: '', stderr: '' });
  const why = machine.names(run).includes(`${name}.why`) ? machine.read(`${run}/${name}.why`) : '';
  return { code: exitCode, why };
}

interface Site {
  readonly machine: Machine;
  readonly url: string;
  readonly requests: IncomingMessage[];
}

async function site(
  t: TestContext,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Site> {
  const machine = createMachine(t);
  withoutPauses(machine);
  const requests: IncomingMessage[] = [];
  const url = await serve(t, (request, response) => {
    requests.push(request);
    answer(request, response);
  });
  return { machine, url, requests };
}

suite('artifact', { concurrency: 2, skip: read('curl', ['--version']) === undefined && 'needs curl' }, () => {
  test('puts a program in its folder, executable', async (t) => {
    const { machine, url } = await site(t, (_, response) => response.end(program));
    assert.deepEqual(await artifact(machine, digest(program), `${url}/kubelet`), {
      code: 0,
      why: `kubelet: can't be put in ${machine.folder}/opt/a\n`,
    });
    assert.equal(machine.read('/opt/a/kubelet'), program.toString());
    assert.equal((await machine.bash('stat -c %a opt/a/kubelet')).stdout, '755\n');
    assert.deepEqual(machine.names(run), [digest(program), 'kubelet', 'kubelet.why'].toSorted());
  });

  test('unpacks an archive', async (t) => {
    const { machine, url } = await site(t, (_, response) => response.end(archive));
    machine.write('/src/bin/containerd', 'a program');
    const archive = execFileSync('tar', ['-cz', '-C', `${machine.folder}/src`, 'bin']);
    assert.equal(
      (await artifact(machine, digest(archive), `${url}/containerd.tar.gz`, 'containerd')).code,
      0,
    );
    assert.equal(machine.read('/opt/a/bin/containerd'), 'a program');
  });

  test('takes it from a disk that was carried there, or says that it is not on it', async (t) => {
    const { machine } = await site(t, (_, response) => response.end());
    machine.write('/media/kubelet', program.toString());
    const url = `file://${machine.folder}/media/kubelet`;
    assert.equal((await artifact(machine, digest(program), url)).code, 0);
    assert.equal(machine.read('/opt/a/kubelet'), program.toString());
    const { code, why } = await artifact(machine, digest(Buffer.from('none')), `${url}.none`, 'none');
    assert.equal(code, 22);
    assert.match(why, /^none: curl: \(37\) .* file:.*kubelet\.none\n$/);
  });

  test('an archive that is none', async (t) => {
    const torn = gzipSync('not a tar archive').subarray(0, 20);
    const { machine, url } = await site(t, (_, response) => response.end(torn));
    const { exitCode } = await machine.bash(
      `install\ntrap - ERR; set +e\nartifact a ${machine.folder}/opt/a ${digest(torn)} ${url}/a.tgz 2>/dev/null`,
    );
    assert.equal(exitCode, 23);
    assert.equal(machine.read(`${run}/a.why`), `a: can't be put in ${machine.folder}/opt/a\n`);
    assert.deepEqual(machine.names(run), ['a', 'a.why']);
  });

  test('another digest: both are named, and nothing of it stays', async (t) => {
    const { machine, url } = await site(t, (_, response) => response.end(program));
    const wanted = '0'.repeat(64);
    assert.deepEqual(await artifact(machine, wanted, `${url}/kubelet`), {
      code: 21,
      why: `kubelet: expected sha256 ${wanted}, got ${digest(program)} from ${url}/kubelet\n`,
    });
    assert.deepEqual(machine.names('/opt/a'), []);
    // No stamp, either.
    assert.deepEqual(machine.names(run), ['kubelet', 'kubelet.why']);
    assert.deepEqual(machine.names(cache), []);
  });

  test('the page of a network that wants a login is called one', async (t) => {
    const page = '<!DOCTYPE html>\n<title>Welcome</title>\n';
    const { machine, url } = await site(t, (_, response) => response.end(page));
    assert.deepEqual(await artifact(machine, digest(program), `${url}/kubelet`), {
      code: 21,
      why: `kubelet: expected sha256 ${digest(program)}, got a web page from ${url}/kubelet\n`,
    });
    assert.deepEqual(machine.names(cache), []);
  });

  test('an HTTP error is named, and its page is not kept', async (t) => {
    const { machine, url } = await site(t, (_, response) => response.writeHead(404).end('no such file'));
    const { code, why } = await artifact(machine, digest(program), `${url}/kubelet`);
    assert.equal(code, 22);
    assert.equal(why, `kubelet: curl: (22) The requested URL returned error: 404 ${url}/kubelet\n`);
    assert.deepEqual(machine.names(cache), []);
  });

  test('nobody listens', async (t) => {
    const { machine } = await site(t, () => undefined);
    const { code, why } = await artifact(machine, digest(program), 'http://127.0.0.1:1/kubelet');
    assert.equal(code, 22);
    assert.match(
      why,
      /^kubelet: curl: \(7\) Failed to connect to 127\.0\.0\.1 port 1 .* http:\/\/127\.0\.0\.1:1\/kubelet\n$/,
    );
  });

  test('after a cut it goes on from where it was', async (t) => {
    const big = randomBytes(200_000);
    const half = big.subarray(0, 100_000);
    const { machine, url, requests } = await site(t, ({ headers: { range } }, response) => {
      if (range === undefined) {
        response.writeHead(200, { 'content-length': big.length });
        response.write(half, () => response.destroy());
      } else {
        const from = Number(/^bytes=(\d+)-$/.exec(range)?.[1]);
        response
          .writeHead(206, { 'content-range': `bytes ${from}-${big.length - 1}/${big.length}` })
          .end(big.subarray(from));
      }
    });
    const cut = await artifact(machine, digest(big), `${url}/kubelet`);
    assert.equal(cut.code, 22);
    assert.match(cut.why, /^kubelet: curl: \(18\) /);
    assert.equal((await artifact(machine, digest(big), `${url}/kubelet`)).code, 0);
    assert.deepEqual(
      requests.map(({ headers }) => headers.range),
      [undefined, `bytes=${half.length}-`],
    );
    assert.equal((await machine.bash('sha256sum <opt/a/kubelet')).stdout, `${digest(big)}  -\n`);
  });

  test('a server without ranges is asked for the whole again', async (t) => {
    const big = randomBytes(200_000);
    let cuts = 1;
    const { machine, url } = await site(t, (_, response) => {
      response.writeHead(200, { 'content-length': big.length });
      if (cuts-- > 0) response.write(big.subarray(0, 1000), () => response.destroy());
      else response.end(big);
    });
    const codes = [];
    for (let tries = 0; tries < 3; tries++)
      codes.push((await artifact(machine, digest(big), `${url}/kubelet`)).code);
    assert.deepEqual(codes, [22, 22, 0]);
  });

  test('what is there already is not fetched, unless it is torn', async (t) => {
    const { machine, url, requests } = await site(t, (_, response) => response.end(program));
    machine.write('/opt/a/kubelet', program.toString());
    assert.equal((await artifact(machine, digest(program), `${url}/kubelet`)).code, 0);
    assert.equal(requests.length, 0);
    // A stamp in /run is gone after a power cut, and the file is looked at again.
    machine.write('/opt/a/kubelet', 'torn');
    assert.equal((await artifact(machine, digest(program), `${url}/kubelet`)).code, 0);
    assert.equal(machine.read('/opt/a/kubelet'), 'torn');
    await machine.bash('rm run/flexgen/*');
    assert.equal((await artifact(machine, digest(program), `${url}/kubelet`)).code, 0);
    assert.equal(machine.read('/opt/a/kubelet'), program.toString());
    assert.equal(requests.length, 1);
  });

  test('an empty file is no artifact', async (t) => {
    const nothing = Buffer.alloc(0);
    const { machine, url, requests } = await site(t, (_, response) => response.end(program));
    machine.write('/opt/a/kubelet', '');
    assert.equal((await artifact(machine, digest(nothing), `${url}/kubelet`)).code, 21);
    assert.equal(requests.length, 1);
  });

  test('the rows of artifacts.tsv are fetched side by side, those of this time and machine', async (t) => {
    const waiting: (() => void)[] = [];
    const { machine, url, requests } = await site(t, ({ url: path }, response) => {
      waiting.push(() => response.end(`program ${path}`));
      // Nobody is answered before all have asked.
      if (waiting.length === 3) for (const answer of waiting) answer();
    });
    const sha = (path: string): string => digest(Buffer.from(`program ${path}`));
    const at = `${machine.folder}/opt`;
    machine.write('/etc/flexgen/image.env', `FROM=${url}/\n`);
    machine.write(
      '/etc/flexgen/artifacts.tsv',
      [
        ['join', 'runc', 'h/runc.@', '-', sha('/h/runc.arm64'), `${at}/sbin`],
        ['join', 'kubelet', 'h/@/kubelet', sha('/h/amd64/kubelet'), sha('/h/arm64/kubelet'), `${at}/bin`],
        ['later', 'kubectl', 'h/@/kubectl', '-', sha('/h/arm64/kubectl'), `${at}/bin`],
        ['join', 'broken', 'h/broken', '-', '1'.repeat(64), `${at}/bin`],
      ]
        .map((row) => `${row.join('\t')}\n`)
        .join(''),
    );
    const outcome = await machine.bash(
      'install\nstep artifacts 20\nmachine=arm64\nfetch_all join\nfinish runc kubelet\nfinish broken\necho never',
    );
    const reason = `broken: expected sha256 ${'1'.repeat(64)}, got ${sha('/h/broken')} from ${url}/h/broken`;
    assert.deepEqual(outcome, {
      exitCode: 21,
      stdout: `flexgen: FAILED at artifacts (21): ${reason} — mend the mirror or the lock\n`,
      stderr: '',
    });
    assert.deepEqual(requests.map((request) => String(request.url)).toSorted(), [
      '/h/arm64/kubelet',
      '/h/broken',
      '/h/runc.arm64',
    ]);
    assert.deepEqual([machine.names('/opt/bin'), machine.names('/opt/sbin')], [['kubelet'], ['runc']]);
  });
});

test('containerd is begun anew after a failure, which may have been its disk’s', async (t) => {
  const machine = createMachine(t);
  machine.fake('systemctl', 'echo "$*"');
  for (const [was, verb] of [
    ['', 'start'],
    ['/var/lib/containerd is full', 'restart'],
  ]) {
    assert.equal((await machine.bash(`install\nwas='${was}'\nruntime`)).stdout, `${verb} containerd\n`);
  }
});
