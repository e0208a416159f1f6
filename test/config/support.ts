import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDiagnostics } from '../../src/cli/print.ts';
import { loadSpec } from '../../src/config/index.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { definitions } from './definitions.ts';

/** A config's first lines, all that it needs: line 4 is the caller's first. */
export const base = `apiVersion: flexgen/v1
cluster: {facts: ./aks1.facts.yaml}
auth: {mode: bootstrap-token, token: {env: TOKEN}}
`;

/** The same with an inline cluster: line 10 is the caller's first. */
export const inlineBase = `apiVersion: flexgen/v1
auth: {mode: bootstrap-token, token: {env: TOKEN}}
cluster:
  server: https://aks1.example:443
  ca: {file: ca.crt}
  kubernetesVersion: 1.36.4
  clusterDNS: 10.0.0.10
  podCIDRs: 10.244.0.0/16
  serviceCIDRs: [10.0.0.0/16]
`;

/** What is made of a config that must be valid. */
export function load(text: string) {
  const loaded = loadSpec(text, 'edge.yaml', definitions);
  assert.ok(loaded.ok, JSON.stringify(loaded));
  return loaded.value;
}

export function diagnose(text: string): readonly Diagnostic[] {
  const loaded = loadSpec(text, 'edge.yaml', definitions);
  return loaded.ok ? loaded.warnings : loaded.errors;
}

/** What a user would see. */
function printed(text: string): string {
  return formatDiagnostics(diagnose(text), { color: false });
}

/** Each is a test: a config, and what a user sees of its problems, to the letter. */
export function shows(cases: Readonly<Record<string, readonly [config: string, words: string]>>): void {
  for (const [name, [config, words]] of Object.entries(cases)) {
    test(name, () => assert.equal(printed(config), words));
  }
}

/** One line for each problem: `line:column severity code: message (hint)`. */
export function brief(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ location, severity, code, message, hint }) => {
    const place = location === undefined ? '' : `${location.line}:${location.column} `;
    return `${place}${severity} ${code}: ${message}${hint === undefined ? '' : ` (${hint})`}`;
  });
}

/** The problems of the base with these lines after it. */
export const problemsOf = (lines: string) => brief(diagnose(base + lines));

/** The problems of the base with an inline cluster, and these lines after it. */
export const inlineProblemsOf = (lines: string) => brief(diagnose(inlineBase + lines));
