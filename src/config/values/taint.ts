import { suggest } from '../../diagnostics/suggest.ts';
import { quoteAll } from '../quote.ts';
import type { Taint } from '../spec.ts';
import { isLabelKey, isLabelValue, labelSyntax } from './label.ts';
import type { Check } from './value-problem.ts';

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const satisfies readonly Taint['effect'][];

interface Parts {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

function split(text: string): Parts | undefined {
  const [, key = '', value = '', effect = ''] = /^([^=:]*)(?:=([^=:]*))?:([^=:]*)$/.exec(text) ?? [];
  return key === '' ? undefined : { key, value, effect };
}

/** The taint that a checked text stands for, or undefined for any other text. */
export function parseTaint(text: string): Taint | undefined {
  const parts = split(text);
  const effect = effects.find((known) => known === parts?.effect);
  if (parts === undefined || effect === undefined) return undefined;
  return isLabelKey(parts.key) && isLabelValue(parts.value) ? { ...parts, effect } : undefined;
}

export const taint: Check = (text) => {
  if (parseTaint(text) !== undefined) return undefined;
  const form = 'write `key=value:Effect` or `key:Effect`';
  const parts = split(text);
  if (parts === undefined) {
    const [key = '', value] = text.split('=');
    const bare = isLabelKey(key) && isLabelValue(value ?? '') && !text.includes(':');
    const hint = `add one of ${quoteAll(effects, 'or')}, e.g. \`${text}:NoSchedule\``;
    return bare
      ? { code: 'config/taint', message: 'this taint has no effect', hint }
      : { code: 'config/taint', message: 'this is not a taint', hint: form };
  }
  if (!isLabelKey(parts.key))
    return { code: 'config/taint', message: 'this taint’s key is not valid', hint: labelSyntax };
  if (!isLabelValue(parts.value)) {
    return { code: 'config/taint', message: 'this taint’s value is not valid', hint: labelSyntax };
  }
  const near = parts.effect.length > 40 ? undefined : suggest(parts.effect, effects);
  const all = `one of ${quoteAll(effects, 'or')}`;
  const hint = near === undefined ? all : `did you mean \`${near}\`? ${all}`;
  return { code: 'config/taint', message: 'this taint’s effect is not known', hint };
};
