import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { leastLimit } from '../../../render/cloud-init/user-data.ts';
import { failures, fine, notKnown } from '../check.ts';
import type { Check, Outcome } from '../check.ts';

const count = (bytes: number): string => bytes.toLocaleString('en-US');

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
      const bytes = Buffer.byteLength(rendered.value);
      const share = Math.ceil((bytes / leastLimit) * 100);
      return fine(`${count(bytes)} bytes, ${share} % of the ${count(leastLimit)} that every provider takes`);
    }
    const tooBig = failures(rendered.errors.filter(isTooBig));
    return tooBig.length > 0 ? tooBig : notKnown(rendered.errors);
  },
};
