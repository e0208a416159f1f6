import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseLock } from '../../src/catalog/index.ts';

/** The problems of a lock file, each as `line:column+length code path: message | hint`. */
function problems(text: string): readonly string[] {
  const lock = parseLock(text, 'flexgen.lock.json');
  if (lock.ok) return [];
  return lock.errors.map(({ code, path, message, hint, location }) => {
    assert.equal(location?.file, 'flexgen.lock.json');
    const place = `${location.line}:${location.column}+${location.length}`;
    return `${place} ${code}${path === undefined ? '' : ` ${path}`}: ${message}${hint === undefined ? '' : ` | ${hint}`}`;
  });
}

const isSyntax = (place: string, message: string): readonly string[] => [
  `${place} catalog/lock-syntax: ${message} | a lock file is plain JSON; \`flexgen lock\` writes it`,
];

const sha256 = '0123456789abcdef'.repeat(4);
const entry = `{"name":"runc","version":"1.4.3","arch":"arm64","url":"https://files.corp/runc","sha256":"${sha256}"}`;
const lockWith = (...entries: readonly string[]): string =>
  `{"lockVersion":1,"artifacts":[\n${entries.join(',\n')}\n]}`;

test('a good entry has no problem, and is upstream’s unless it says otherwise', () => {
  const lock = parseLock(lockWith(entry), 'flexgen.lock.json');
  assert.ok(lock.ok);
  const [artifact] = lock.value.artifacts;
  assert.deepEqual(artifact, {
    name: 'runc',
    version: '1.4.3',
    arch: 'arm64',
    url: 'https://files.corp/runc',
    sha256,
    source: 'upstream',
    location: artifact?.location,
  });
});

test('what is not JSON is an error at its first wrong character', () => {
  assert.deepEqual(problems(''), isSyntax('1:1+1', 'expected a value but found the end of the file'));
  assert.deepEqual(
    problems('{"lockVersion":1,\r\n"artifacts":[],}'),
    isSyntax('2:16+1', 'expected a key in double quotes but found "}"'),
  );
});

test('what is no object', () => {
  assert.deepEqual(problems('[]'), ['1:1+2 catalog/lock-value: the file must be an object: { … }']);
});

test('another lockVersion is one problem, whatever else the file holds', () => {
  assert.deepEqual(problems('{"lockVersion":2,"artifacts":{}}'), [
    '1:16+1 catalog/lock-value lockVersion: lockVersion must be 1 | a newer flexgen may have written this',
  ]);
  assert.equal(problems('{"lockVersion":"1","artifacts":[]}').length, 1);
});

test('artifacts is a list', () => {
  assert.deepEqual(problems('{"lockVersion":1,"artifacts":{}}'), [
    '1:30+2 catalog/lock-value artifacts: artifacts must be a list: [ … ]',
  ]);
});

test('unknown, duplicate and missing keys', () => {
  assert.deepEqual(problems('{"lockVersion":1,"lockVersion":1,"artifact":[]}'), [
    '1:18+13 catalog/lock-key: duplicate key "lockVersion" | keep one of them',
    '1:34+10 catalog/lock-key: unknown key "artifact" | did you mean "artifacts"?',
    '1:1+1 catalog/lock-key: the key "artifacts" is missing',
  ]);
  assert.deepEqual(problems(lockWith(entry.replace('"arch"', '"platform"'))), [
    '2:34+10 catalog/lock-key artifacts[0]: unknown key "platform" | its keys are name, version, arch, url, sha256, source',
    '2:1+1 catalog/lock-key artifacts[0]: the key "arch" is missing',
  ]);
});

test('every wrong value of an entry at once', () => {
  const wrong = '{"name":"kublet","version":"v1.2","arch":"x86","url":"","sha256":7,"source":"mine"}';
  assert.deepEqual(problems(lockWith(wrong)), [
    '2:9+8 catalog/lock-value artifacts[0].name: name must be one of kubelet, kubectl, kubeadm, containerd, runc, cni-plugins, crictl, node-problem-detector, azcmagent',
    '2:28+6 catalog/lock-value artifacts[0].version: version must be three numbers like 1.36.4',
    '2:42+5 catalog/lock-value artifacts[0].arch: arch must be one of amd64, arm64',
    '2:54+2 catalog/lock-value artifacts[0].url: url must be an https URL in its plain form, without credentials',
    '2:66+1 catalog/lock-value artifacts[0].sha256: sha256 must be 64 lower-case hex digits',
    '2:77+6 catalog/lock-value artifacts[0].source: source must be one of upstream, private',
  ]);
});

for (const [what, digest] of [
  ['too short', sha256.slice(1)],
  ['too long', `${sha256}0`],
  ['in upper case', sha256.toUpperCase()],
  ['with a line break', `${sha256}\\n`],
] as const) {
  test(`a sha256 ${what} is refused`, () => {
    assert.match(
      problems(lockWith(entry.replace(sha256, digest)))[0] ?? '',
      /sha256 must be 64 lower-case hex/,
    );
  });
}

for (const url of [
  // On the node the one stands for its architecture, and the others are lists to curl.
  'https://files.corp/team@9/runc',
  'https://files.corp/{a,b}/runc',
  'https://files.corp/runc?v=[1-9]',
  'http://files.corp/runc',
  'files.corp/runc',
  'https://user:secret@files.corp/runc',
  'https://files.corp/a/../runc',
  'https://Files.corp/runc',
  'https://files.corp/runc#part',
  'https://files.corp/ru\\tnc',
  'https://files.corp/ru nc',
]) {
  test(`the URL ${url} is refused`, () => {
    assert.match(
      problems(lockWith(entry.replace('https://files.corp/runc', url)))[0] ?? '',
      /url must be an https URL/,
    );
  });
}

test('an artifact that is locked twice points back to the first', () => {
  const other = entry.replace('arm64', 'amd64');
  assert.deepEqual(problems(lockWith(entry, other, entry)), [
    '4:1+1 catalog/lock-duplicate artifacts[2]: runc 1.4.3 arm64 is locked twice | the first one is on line 2',
  ]);
});
