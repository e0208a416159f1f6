/** The AKS server application, the same in every cloud: audience of the tokens that API servers take. */
export const aksServerApplication = '6dae42f8-4368-4678-94ff-3960e28e3630';

/** The one application of the stand-in's tenant. */
export const application = {
  tenantId: '8f2b6c1e-4d3a-4b57-9c61-7a5e0d9f1b23',
  clientId: 'c4d1a2b3-6e5f-4789-8abc-1d2e3f405162',
  /** Of its service principal, which is its user name in a cluster. */
  objectId: '9a8b7c6d-5e4f-4031-a2b3-c4d5e6f70819',
} as const;
