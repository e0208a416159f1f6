import type { AuthBase, FileRef, SecretRef } from '../../config/spec.ts';
import { renderedFile, script, textFile } from '../files.ts';
import type { ModeDefinition } from '../plan.ts';
import { execUser, kubeconfigFile } from './kubeconfig.ts';

export interface ServicePrincipal {
  readonly mode: 'service-principal';
  readonly clientId: string;
  readonly tenantId: string;
  /** Who the principal is to the cluster's RBAC; null where the config does not say, which rendering does not need. */
  readonly objectId: string | null;
  readonly secret: SecretRef;
  readonly credentialUse: AuthBase['credentialUse'];
  /** Where tokens come from, without a slash at its end. */
  readonly authority: string;
  readonly authorityCa: FileRef | null;
}

/** The AKS server application: the same id in every cloud. */
const aksServerApp = '6dae42f8-4368-4678-94ff-3960e28e3630';
const authorityCaPath = '/etc/flexgen/authority-ca.pem';
const defaultAuthority = 'https://login.microsoftonline.com';

export const servicePrincipal: ModeDefinition<ServicePrincipal> = {
  mode: 'service-principal',
  summary: 'an Entra application with a client secret; the node asks Entra for tokens itself',
  properties: {
    clientId: { $ref: '#/$defs/guid', description: 'The application (client) id.' },
    tenantId: { $ref: '#/$defs/guid', description: 'The Entra tenant id.' },
    objectId: {
      $ref: '#/$defs/guid',
      description:
        'The object id of the service principal (not of the application), for `flexgen cluster`: `az ad sp show --id CLIENT_ID --query id -o tsv`.',
    },
    secret: {
      $ref: '#/$defs/secret',
      description: 'The client secret, from the environment, a file or a command.',
      examples: [{ env: 'AZURE_CLIENT_SECRET' }],
    },
    credentialUse: {
      enum: ['bootstrap', 'always'],
      default: 'bootstrap',
      description:
        'bootstrap: the principal only asks for a node certificate. always: it signs every call and needs ClusterRole system:node.',
    },
    authority: {
      $ref: '#/$defs/httpsUrl',
      default: defaultAuthority,
      description: 'The Entra authority of the cloud.',
    },
    authorityCa: { $ref: '#/$defs/file', description: 'A private CA (PEM) that the authority is behind.' },
  },
  required: ['clientId', 'tenantId', 'secret'],
  read(raw, context) {
    const use = raw['credentialUse'] === 'always' ? 'always' : 'bootstrap';
    if (use === 'always') {
      context.report('auth.credentialUse', {
        severity: 'warning',
        code: 'auth/credential-use',
        message:
          'with `always` the principal needs ClusterRole system:node and can read every secret of the cluster',
        hint: 'leave credentialUse out unless the cluster signs no node certificates',
      });
    }
    return {
      mode: 'service-principal',
      clientId: String(raw['clientId']),
      tenantId: String(raw['tenantId']),
      // RBAC compares letter by letter, and Entra's tokens have small ones.
      objectId: typeof raw['objectId'] === 'string' ? raw['objectId'].toLowerCase() : null,
      secret: context.secret(raw['secret'], 'auth.secret'),
      credentialUse: use,
      authority: String(raw['authority']).replace(/\/+$/, ''),
      authorityCa:
        raw['authorityCa'] === undefined ? null : context.file(raw['authorityCa'], 'auth.authorityCa'),
    };
  },
  contribute(auth, context) {
    const secret = context.secret(auth.secret);
    const ca = auth.authorityCa;
    return {
      hook: auth.credentialUse === 'always' ? 'service-principal-always' : 'service-principal',
      files: [
        kubeconfigFile(context, execUser),
        script(context.templates, '/var/lib/kubelet/token.sh', { mode: 0o700 }),
        renderedFile(
          context.templates,
          '/var/lib/kubelet/token.env',
          {
            form: new URLSearchParams({
              grant_type: 'client_credentials',
              client_id: auth.clientId,
              scope: `${aksServerApp}/.default`,
            }).toString(),
            secret,
            tokenUrl: `${auth.authority}/${auth.tenantId}/oauth2/v2.0/token`,
            authorityCa: ca === null ? '' : authorityCaPath,
          },
          { mode: 0o600, phase: 'boot', secret: true },
        ),
        ...(ca === null ? [] : [textFile(authorityCaPath, context.file(ca), { phase: 'boot' })]),
      ],
    };
  },
};
