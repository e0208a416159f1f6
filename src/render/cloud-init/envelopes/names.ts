/**
 * The names of the envelopes. They stand apart from what makes them, so that the command line's help loads none of that.
 */
export const envelopeNames = [
  'plain',
  'mime',
  'gzip',
  'base64',
  'gzip-base64',
  'guestinfo',
  'external',
  'include',
  'nocloud-iso',
  'nocloud-vfat',
  'configdrive',
] as const;

export type EnvelopeName = (typeof envelopeNames)[number];
