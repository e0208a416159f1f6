/** Azure clouds by the names that flexgen's `--cloud` takes. */
export type Cloud = 'public' | 'us-government' | 'china';

/** ARM's own scope in each cloud: the audience of the tokens that it takes. */
export const armScopes = {
  'public': 'https://management.azure.com/.default',
  'us-government': 'https://management.usgovcloudapi.net/.default',
  'china': 'https://management.chinacloudapi.cn/.default',
} as const satisfies Record<Cloud, string>;
