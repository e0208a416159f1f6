/** Of tokens for the API server of any cluster with Entra; the application is the same in every cloud. */
export const aksScope = '6dae42f8-4368-4678-94ff-3960e28e3630/.default';
