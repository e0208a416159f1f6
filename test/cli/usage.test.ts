import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { createRig, root } from './run.ts';

const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { version: string };
const more = '(`flexgen --help` shows the commands)\n';

const help = `Usage: flexgen [options] [command]

Turns an Ubuntu machine into a node of an AKS cluster: renders the user-data
that it boots with.

Options:
  -V, --version               print the version
  -h, --help                  display help for command

Commands:
  init [options]              write a first config: asks a few questions at a
                              terminal, or takes what the options say
  migrate [options] <file>    print AKSFlexNode’s config.json as a config, and
                              what has become of each field; exit with 5 if one
                              can’t be kept
  cloud-init [options]        make ready what one machine joins with, and print
                              the user-data that it boots with
  validate [options]          check the config and all it names, and render in
                              memory
  preflight [options]         check all that a join depends on, and say what
                              mends it; nothing is changed
  facts [options]             read a cluster from Azure and print its facts
                              file, so that later renders need no network
  render [options]            write a payload for each node of a fleet into a
                              folder; run it again to go on after an interrupt
  packer [options]            write a folder that Packer takes as it is, to bake
                              the golden image of these nodes
  inspect [options] <file>    say what a payload would do to a machine, in
                              whatever envelope and whoever made it; nothing is
                              run
  diff [options] <a> <b>      say what differs inside two payloads, file by
                              file; exit with 5 if anything does
  lock [options]              write the URLs and digests of all that the nodes
                              download to the lock file, as upstream has them
  bundle [options]            download all that the lock file names into a
                              folder, verified: a mirror to serve or to carry
  identity                    what the node signs in with, and its role in
                              Azure: see it, make it, take it back
  cluster                     what the config’s nodes are granted in the
                              cluster: see it, make it so, take it back
  wait [options] [nodes...]   follow nodes until they are Ready, or say why they
                              are not; exit with 5 if they are not
  timeline [options] [file]   show where the time of a boot went: \`ssh NODE
                              flexgen-node status --json | flexgen timeline\`
  reset [options] [nodes...]  take nodes out of their cluster: drain and delete
                              them, revoke and remove what they sign in with;
                              print the line for the machine
  rotate [options]            replace what nodes sign in with, once the config
                              names the new one: prove it, and print what
                              installs it on a node; bootstrap tokens are made
                              anew, and the old ones revoked
  schema                      print the JSON Schema of the config, for editors
  completion <shell>          print a script that completes flexgen’s commands,
                              options and their values in a shell
  version                     print the version
  help [command]              display help for command

Examples:
  flexgen cloud-init > user-data.yaml           all that a join needs, then user-data from ./flexgen.yaml
  flexgen cloud-init --dry-run                  what that would make in Azure and in the cluster
  flexgen cloud-init --config edge.yaml --out user-data.yaml
  flexgen preflight                             what a join depends on, and what mends it
  flexgen packer --out build                    a folder for Packer: it bakes the golden image
  flexgen validate --config edge.yaml           every problem with its line, nothing written
  flexgen facts --resource-id ID > aks1.facts.yaml
  flexgen identity verify                       has anybody tampered with it
  flexgen render --nodes edge.csv --out out     a payload for each row of a table
  flexgen inspect user-data.yaml                what it does to a machine, its secrets masked
  flexgen bundle --out mirror                   all that machines download, for where there is no Internet
  flexgen wait                                  until the machine is a node that is Ready, or why it is not
  flexgen reset | ssh edge-01 bash              out of the cluster again, and its machine as it was

Exit codes: 0 done, 1 a bug in flexgen, 2 wrong usage, 3 invalid config, 4 refused by Azure or the cluster, 5 a check failed
`;

const cloudInitHelp = `Usage: flexgen cloud-init [options]

make ready what one machine joins with, and print the user-data that it boots
with

Options:
  -c, --config <file>  the config (default: "flexgen.yaml")
  -o, --out <file>     write it to this file (0600, whole or not at all)
  --dry-run            print what would be made in Azure and in the cluster, and
                       make nothing
  --no-setup           only render: identity and cluster are made ready
                       elsewhere
  --replace            delete an Arc machine of that name whose key is not here,
                       and make it anew
  --offline            call nothing: the cluster must be inline or a facts file
  --kubeconfig <file>  reach the cluster with this kubeconfig (default: by your
                       sign-in to Azure, else as kubectl finds it)
  --context <name>     the context of the kubeconfig
  --image <kind>       what the machine is made from; golden: an image of
                       \`flexgen packer\` (choices: "stock", "golden", default:
                       "stock")
  --target <name>      what makes the machine: says how large the payload may be
                       (choices: "any", "aws", "azure", "gcp", "openstack",
                       "vsphere", "proxmox", "libvirt", "hyperv",
                       "digitalocean", "hetzner", "linode", "oxide", "kubevirt",
                       "terraform")
  --envelope <name>    how the payload is wrapped (choices: "auto", "plain",
                       "mime", "gzip", "base64", "gzip-base64", "guestinfo",
                       "external", "include", "nocloud-iso", "nocloud-vfat",
                       "configdrive")
  --url <url>          where you will serve the payload, with \`--envelope
                       include\`
  --hosted <file>      write what that URL must serve to this file (0600)
  --cloud <name>       the Azure cloud (choices: "public", "us-government",
                       "china")
  -h, --help           display help for command

Examples:
  flexgen cloud-init > user-data.yaml              # all that a join needs is made, then the payload printed
  flexgen cloud-init --dry-run                     # what that would make
  flexgen cloud-init --target aws --out user-data  # as AWS takes it, or not at all
  flexgen cloud-init --image golden > user-data    # for a machine made from an image of \`flexgen packer\`
  flexgen cloud-init --offline --no-setup          # no network: facts and credentials are there
`;

/** A command line, and its standard output or error. */
const lines: readonly (readonly [
  args: readonly string[],
  exitCode: number,
  stdout: string,
  stderr: string,
])[] = [
  [['--help'], 0, help, ''],
  [['-h'], 0, help, ''],
  [['help'], 0, help, ''],
  [[], 2, '', help],
  [['cloud-init', '--help'], 0, cloudInitHelp, ''],
  [['help', 'cloud-init'], 0, cloudInitHelp, ''],
  [['--version'], 0, `${version}\n`, ''],
  [['-V'], 0, `${version}\n`, ''],
  [['version'], 0, `${version}\n`, ''],
  [['cloudinit'], 2, '', `error: unknown command 'cloudinit'\n(Did you mean cloud-init?)\n${more}`],
  [['frobnicate'], 2, '', `error: unknown command 'frobnicate'\n${more}`],
  [
    ['cloud-init', '--confg', 'a'],
    2,
    '',
    `error: unknown option '--confg'\n(Did you mean --config?)\n${more}`,
  ],
  [['validate', '--yaml'], 2, '', `error: unknown option '--yaml'\n${more}`],
  [['cloud-init', '--config'], 2, '', `error: option '-c, --config <file>' argument missing\n${more}`],
  [
    ['cloud-init', 'edge.yaml'],
    2,
    '',
    `error: too many arguments for 'cloud-init'. Expected 0 arguments but got 1.\n${more}`,
  ],
];

suite('the command line', { concurrency: 2 }, () => {
  for (const [args, exitCode, stdout, stderr] of lines) {
    test(`flexgen ${args.join(' ')}`, async (t) => {
      const rig = createRig(t);
      assert.deepEqual(await rig.flexgen(args), { exitCode, stdout, stderr });
      assert.deepEqual(rig.files(), {});
    });
  }
});
