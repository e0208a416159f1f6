import { guid } from './names.ts';
import type { Check } from './value-problem.ts';

const form =
  '/subscriptions/GUID/resourceGroups/NAME/providers/Microsoft.ContainerService/managedClusters/NAME';

/** Azure does not mind the case of a resource id's segments. */
const expected = form.toLowerCase().split('/');

export const resourceId: Check = (text) => {
  const segments = text.split('/');
  const names = segments.filter((_, index) => expected[index] === 'name');
  const fits =
    segments.length === expected.length &&
    segments.every(
      (segment, index) =>
        /^(?:guid|name)$/.test(expected[index] ?? '') || segment.toLowerCase() === expected[index],
    ) &&
    guid(segments[2] ?? '') === undefined &&
    names.every((name) => /^[\p{L}\p{N}_.()-]{1,90}$/u.test(name) && !name.endsWith('.'));
  if (fits) return undefined;
  return {
    code: 'config/resource-id',
    message: 'this is not the resource id of an AKS cluster',
    hint: `write it as \`az aks show --query id\` prints it: ${form}`,
  };
};

/** The parts of a resource id as they are written. */
export interface ClusterId {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

/** The parts of a text that `resourceId` lets through. */
export function parseResourceId(text: string): ClusterId {
  const [, , subscriptionId = '', , resourceGroup = '', , , , name = ''] = text.split('/');
  return { subscriptionId, resourceGroup, name };
}
