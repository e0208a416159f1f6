import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { shellScripts } from './scripts.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a tool over all scripts, its findings on this process's output. */
function passes(tool: string, args: readonly string[], scripts: readonly string[]): boolean {
  const { error, status } = spawnSync(tool, [...args, '--', ...scripts], { cwd: root, stdio: 'inherit' });
  if (error !== undefined && 'code' in error && error.code === 'ENOENT') {
    const inCI = process.env['CI'] === 'true';
    console.error(`${tool} is not installed: ${inCI ? 'CI needs it' : 'skipped'}`);
    return !inCI;
  }
  return status === 0;
}

// Every script of the tree by shellcheck and shfmt; `--write` formats them instead of only telling.
const scripts = shellScripts(root);
const write = process.argv.includes('--write');
const checked = write || passes('shellcheck', ['--external-sources'], scripts);
const formatted = passes('shfmt', [write ? '--write' : '--diff'], scripts);
if (!checked || !formatted) process.exitCode = 5;
