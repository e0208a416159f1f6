import { compareVersions, knownVersions, parseVersion, type Component } from '../../catalog/index.ts';
import { quoteAll } from '../quote.ts';
import type { RawConfig } from '../raw-config.ts';
import type { Rule } from './rule.ts';

const componentsByKey: readonly (readonly [key: keyof RawConfig['versions'], component: Component])[] = [
  ['kubernetes', 'kubelet'],
  ['containerd', 'containerd'],
  ['runc', 'runc'],
  ['cniPlugins', 'cni-plugins'],
  ['crictl', 'crictl'],
  ['nodeProblemDetector', 'node-problem-detector'],
];

const shown = 4;

/** The known versions nearest to a wrong one, newest first: those of its minor, or the newest of all. */
function near(version: string, known: readonly string[]): string[] {
  const wanted = parseVersion(version);
  const all = known.flatMap((text) => {
    const parsed = parseVersion(text);
    return parsed === undefined ? [] : [{ text, parsed }];
  });
  all.sort((a, b) => compareVersions(b.parsed, a.parsed));
  const same = all.filter(({ parsed }) => parsed.major === wanted?.major && parsed.minor === wanted.minor);
  return (same.length > 0 ? same : all).slice(0, shown).map(({ text }) => text);
}

/** A version without a digest can't be verified. With a lock file that is the catalog's to say. */
export const knownVersionsOnly: Rule = ({ config, report }) => {
  if (config.artifacts.lock !== undefined) return;
  for (const [key, component] of componentsByKey) {
    const version = config.versions[key];
    if (version === undefined || parseVersion(version) === undefined) continue;
    const known = knownVersions(component);
    if (known.includes(version)) continue;
    report(['versions', key], {
      code: 'config/unknown-version',
      message: `flexgen knows no digest of ${component} ${version}`,
      hint: `take ${quoteAll(near(version, known), 'or')}, or name a lock file that has it: \`artifacts: {lock: flexgen.lock.json}\``,
    });
  }
};
