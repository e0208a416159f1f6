import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { root } from '../cli/run.ts';

interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

const read = (name: string): unknown => JSON.parse(readFileSync(`${root}/${name}`, 'utf8'));
const { packages } = read('package-lock.json') as { packages: Readonly<Record<string, Locked>> };
const manifest = read('package.json') as Readonly<Record<string, unknown>>;
const locked = Object.entries(packages).filter(([folder]) => folder !== '');

suite('package-lock.json', () => {
  test('holds each package to its sha512, and to nobody’s own registry', () => {
    assert.ok(locked.length > 200);
    for (const [folder, { version, integrity = '', resolved, link = false }] of locked) {
      // 64 bytes in base64.
      assert.match(integrity, /^sha512-[A-Za-z0-9+/]{86}==$/, folder);
      assert.match(version, /^\d+\.\d+\.\d+/, folder);
      assert.equal(link, false, folder);
      // What is left out is asked of the registry that whoever installs it has set.
      if (resolved !== undefined) assert.match(resolved, /^https:\/\/registry\.npmjs\.org\//, folder);
    }
  });

  test('the package asks for no other to be installed with it', () => {
    for (const kind of ['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies'])
      assert.equal(manifest[kind], undefined, kind);
    assert.deepEqual(
      locked.filter(([, { dev }]) => dev !== true).map(([folder]) => folder),
      // Lock files have `devOptional` of these.
      [],
    );
  });

  test('whoever works on flexgen runs no package’s install script but those that are named', () => {
    const scripts = locked.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    assert.deepEqual(
      scripts.map(([folder]) => folder.replace('node_modules/', '')),
      Object.keys(manifest['allowScripts'] as object),
    );
  });

  test('each version is one, not a range of them', () => {
    for (const [name, version] of Object.entries(manifest['devDependencies'] as Record<string, string>))
      assert.match(version, /^\d+\.\d+\.\d+$/, name);
  });
});
