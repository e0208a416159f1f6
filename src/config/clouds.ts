/** Where an Azure cloud is reached. Origins, without a slash at their end. */
export interface Cloud {
  /** Azure Resource Manager: also the audience of its tokens. */
  readonly resourceManager: string;
  /** Entra, which issues tokens. */
  readonly authority: string;
  /** What Arc's agent calls it. */
  readonly agentName: string;
}

/** Azure's clouds, as their documentation lists their endpoints. */
export const clouds = {
  'public': {
    resourceManager: 'https://management.azure.com',
    authority: 'https://login.microsoftonline.com',
    agentName: 'AzureCloud',
  },
  'us-government': {
    resourceManager: 'https://management.usgovcloudapi.net',
    authority: 'https://login.microsoftonline.us',
    agentName: 'AzureUSGovernment',
  },
  'china': {
    resourceManager: 'https://management.chinacloudapi.cn',
    authority: 'https://login.chinacloudapi.cn',
    agentName: 'AzureChinaCloud',
  },
} as const satisfies Record<string, Cloud>;

export type CloudName = keyof typeof clouds;
