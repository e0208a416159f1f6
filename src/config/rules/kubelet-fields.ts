import { kubeletFields, type Field, type FieldTable } from '../../catalog/index.ts';
import { suggest } from '../../diagnostics/suggest.ts';
import type { Path } from '../path.ts';
import { isMap } from '../data.ts';
import { quote } from '../quote.ts';
import { wantedInstead } from './kubelet-type.ts';
import type { FactRule, RuleContext } from './rule.ts';
import { kubeletMinor } from './versions-of.ts';

const root = ['node', 'kubelet'];
const code = 'config/kubelet-field';

interface Checker {
  readonly report: RuleContext['report'];
  readonly minor: number;
}

function checkField(checker: Checker, field: Field, value: unknown, path: Path): void {
  const wanted = wantedInstead(field, value);
  if (wanted !== undefined) {
    const text = typeof value === 'number' || typeof value === 'boolean';
    const hint = field.type === 'string' && text ? { hint: 'put it in quotes' } : {};
    checker.report(path, {
      code,
      message: `kubelet’s ${quote(String(path.at(-1)))} must be ${wanted}`,
      ...hint,
    });
  } else if (field.type === 'object' && isMap(value)) {
    checkFields(checker, field.fields, Object.entries(value), path);
  } else if (field.type === 'map' && isMap(value)) {
    for (const [key, item] of Object.entries(value)) checkField(checker, field.items, item, [...path, key]);
  } else if (field.type === 'list' && Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      checkField(checker, field.items, item, [...path, index]);
    }
  }
}

function checkFields(
  checker: Checker,
  table: FieldTable,
  entries: readonly [string, unknown][],
  path: Path,
): void {
  for (const [key, value] of entries) {
    const field = table.get(key);
    if (field !== undefined) {
      checkField(checker, field, value, [...path, key]);
      continue;
    }
    const near = key.length > 60 ? undefined : suggest(key, table.keys());
    const hint =
      near === undefined
        ? 'see `kubectl explain` or the reference of KubeletConfiguration v1beta1'
        : `did you mean ${quote(near)}?`;
    const message = `kubelet 1.${checker.minor} has no field ${quote(key)}${path.length > root.length ? ' here' : ''}`;
    checker.report([...path, key], { code, message, hint }, 'key');
  }
}

/** The user's KubeletConfiguration: known fields, of the right type. */
export const kubeletFieldsOnly: FactRule = ({ config, report }, facts) => {
  const minor = kubeletMinor(config, facts);
  const table = minor === undefined ? undefined : kubeletFields(minor);
  if (minor === undefined || table === undefined) return;
  const entries = Object.entries(config.node.kubelet);
  const header = entries.filter(([key]) => key === 'apiVersion' || key === 'kind');
  for (const [key] of header) {
    report(
      [...root, key],
      { code, message: `${quote(key)} is flexgen’s to write`, hint: 'remove it' },
      'key',
    );
  }
  checkFields(
    { report, minor },
    table,
    entries.filter((entry) => !header.includes(entry)),
    root,
  );
};
