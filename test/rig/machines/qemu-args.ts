import type { PortForward } from './machine.ts';

export interface QemuParts {
  readonly name: string;
  readonly memoryMiB: number;
  readonly kernel: string;
  readonly initrd: string;
  /** A qcow2 overlay: what the machine writes outlives a power cut. */
  readonly disk: string;
  readonly seed: string;
  readonly kernelArguments: string;
  readonly clock: string;
  readonly consoleFile: string;
  readonly execSocket: string;
  readonly monitorSocket: string;
  readonly forwards: readonly PortForward[];
}

/** The arguments of a QEMU that needs neither KVM, nor a display, nor a network of the host's. */
export function qemuArgs(parts: QemuParts): readonly string[] {
  const forwards = parts.forwards.map(
    ({ hostAddress, hostPort, guestPort }) => `hostfwd=tcp:${hostAddress}:${hostPort}-:${guestPort}`,
  );
  return [
    ['-name', parts.name, '-nodefaults', '-no-user-config', '-display', 'none'],
    // Without KVM. kernel-irqchip=off: q35 asks for the kernel's otherwise. 1 GiB of translated code holds a boot.
    ['-machine', 'q35,kernel-irqchip=off', '-accel', 'tcg,thread=multi,tb-size=1024', '-cpu', 'max'],
    ['-rtc', `base=${parts.clock}`],
    ['-smp', '2', '-m', String(parts.memoryMiB)],
    ['-kernel', parts.kernel, '-initrd', parts.initrd],
    // loglevel: a line on an emulated UART costs more than what it reports. no_timer_check: a busy host must not look like a
    // machine without a timer, which would panic.
    [
      '-append',
      `root=LABEL=root rw console=ttyS0 net.ifnames=0 loglevel=4 no_timer_check ${parts.kernelArguments}`,
    ],
    ['-drive', drive(parts.disk, 'qcow2'), '-drive', `${drive(parts.seed, 'raw')},readonly=on`],
    ['-nic', ['user', 'model=virtio-net-pci', ...forwards].join(',')],
    ['-device', 'virtio-rng-pci', '-device', 'virtio-serial-pci'],
    ['-chardev', `socket,id=exec,path=${parts.execSocket},server=on,wait=off`],
    ['-device', 'virtserialport,chardev=exec,name=rig.exec'],
    // append: a later boot adds to the console of the earlier ones.
    ['-chardev', `file,id=console,path=${parts.consoleFile},append=on`, '-serial', 'chardev:console'],
    ['-qmp', `unix:${parts.monitorSocket},server=on,wait=off`],
  ].flat();
}

function drive(file: string, format: string): string {
  return `if=virtio,format=${format},file=${file.replaceAll(',', ',,')}`;
}
