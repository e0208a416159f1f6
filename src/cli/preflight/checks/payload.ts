import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { failures, fine, notKnown } from '../check.ts';
import type { Check, Outcome } from '../check.ts';
import { sizeOf } from '../../payload.ts';

/** Whether what is wrong is the size of the payload, not what the config says. */
export const isTooBig = ({ code }: Diagnostic): boolean => code === 'render/too-big';

/** The payload renders, and is no larger than the target takes. */
export const payload: Check = {
  why: 'a provider refuses user-data over its limit, or cuts it off',
  online: false,
  after: () => ['config', 'cluster', 'versions'],
  applies: () => true,
  async run({ userData }): Promise<readonly Outcome[]> {
    const rendered = await userData();
    if (rendered.ok) {
      return fine(sizeOf(rendered.value));
    }
    const tooBig = failures(rendered.errors.filter(isTooBig));
    return tooBig.length > 0 ? tooBig : notKnown(rendered.errors);
  },
};
