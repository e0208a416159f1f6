/** Places on the node that more than one part names. */

export const caPath = '/etc/kubernetes/pki/ca.crt';
export const mirrorCaPath = '/etc/flexgen/mirror-ca.pem';
