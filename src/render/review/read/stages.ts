/** When cloud-init does something, in its order; `service` is after it, by a unit that it has started. */
export const stages = ['local', 'init', 'config', 'final', 'service'] as const;

export type Stage = (typeof stages)[number];

/** What each stage is, for whoever does not know cloud-init. */
export const stageTitles = {
  local: 'Before the network',
  init: 'Once the network is up',
  config: 'Configuration',
  final: 'Last of all: packages and scripts',
  service: 'Services that were started',
} as const satisfies Record<Stage, string>;

/** cloud-init's modules, by their key, in the order in which its stages run them. */
const order: Readonly<Record<'init' | 'config' | 'final', readonly string[]>> = {
  init: [
    'random_seed',
    'bootcmd',
    'write_files',
    'growpart',
    'resize_rootfs',
    'disk_setup',
    'fs_setup',
    'mounts',
    'swap',
    'fqdn',
    'hostname',
    'prefer_fqdn_over_hostname',
    'manage_etc_hosts',
    'manage_resolv_conf',
    'resolv_conf',
    'ca_certs',
    'ca-certs',
    'rsyslog',
    'groups',
    'users',
    'user',
    'system_info',
    'ssh_keys',
    'ssh_deletekeys',
    'ssh_genkeytypes',
    'ssh_authorized_keys',
    'disable_root',
  ],
  config: [
    'wireguard',
    'snap',
    'autoinstall',
    'ssh_import_id',
    'keyboard',
    'locale',
    'chpasswd',
    'password',
    'ssh_pwauth',
    'apt',
    'yum_repos',
    'ubuntu_pro',
    'ubuntu_advantage',
    'ntp',
    'timezone',
    'disable_ec2_metadata',
  ],
  final: [
    'package_update',
    'package_upgrade',
    'packages',
    'package_reboot_if_required',
    'fan',
    'landscape',
    'lxd',
    'puppet',
    'chef',
    'ansible',
    'mcollective',
    'salt_minion',
    'runcmd',
    'ssh_fp_console_blacklist',
    'phone_home',
    'final_message',
    'power_state',
  ],
};

/** The stage of a module, and its place there; what is not known runs somewhere between. */
export function stageOf(key: string): { readonly stage: Stage; readonly index: number } {
  for (const stage of ['init', 'config', 'final'] as const) {
    const index = order[stage].indexOf(key);
    if (index !== -1) return { stage, index };
  }
  return { stage: 'config', index: order.config.length };
}

/** Whether a module does the same at each boot. */
export const isEveryBoot = (key: string): boolean => key === 'bootcmd' || key === 'mounts';
