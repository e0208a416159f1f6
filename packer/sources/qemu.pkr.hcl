variable "qemu_url" {
  description = "The cloud image that the bake starts from: a qcow2 or raw disk."
  type        = string
}

variable "qemu_checksum" {
  description = "Its checksum, `sha256:…`, or `file:` and the URL of a list that has it."
  type        = string
}

variable "qemu_disk_size" {
  description = "The size of the image's disk; the first boot grows the root file system to it."
  type        = string
}

variable "qemu_memory" {
  description = "The memory of the machine that bakes, in MiB."
  type        = number
}

variable "qemu_cpus" {
  description = "Its processors."
  type        = number
}

variable "qemu_accelerator" {
  description = "`kvm`, or `tcg` where the processor can't help."
  type        = string
}

variable "qemu_machine_type" {
  description = "QEMU's `-machine`."
  type        = string
}

variable "qemu_binary" {
  description = "The QEMU of the image's architecture."
  type        = string
}

variable "qemu_args" {
  description = "Further arguments, each a list of its words; they replace those of the same name."
  type        = list(list(string))
}

variable "qemu_output" {
  description = "The folder that the image is written into, which must not be there yet; relative to where Packer is started."
  type        = string
}

variable "qemu_headless" {
  description = "Whether the machine has no window."
  type        = bool
}

variable "qemu_ssh_timeout" {
  description = "How long the machine may take to boot."
  type        = string
}

source "qemu" "flexgen" {
  disk_image   = true
  iso_url      = var.qemu_url
  iso_checksum = var.qemu_checksum

  qemu_binary    = var.qemu_binary
  accelerator    = var.qemu_accelerator
  machine_type   = var.qemu_machine_type
  memory         = var.qemu_memory
  cpus           = var.qemu_cpus
  disk_interface = "virtio"
  net_device     = "virtio-net"
  headless       = var.qemu_headless
  qemuargs       = var.qemu_args
  # Nothing is typed at its console.
  boot_wait = "1s"

  format           = "qcow2"
  disk_size        = var.qemu_disk_size
  disk_compression = true
  # What was deleted goes from the image, too: the host keys of the machine that it was.
  disk_discard     = "unmap"
  output_directory = var.qemu_output
  vm_name          = "${var.image_name}.qcow2"

  # The seed makes the build user and lets this folder's key in.
  cd_files             = ["${path.root}/cidata/user-data", "${path.root}/cidata/meta-data"]
  cd_label             = "cidata"
  ssh_username         = "flexgen-build"
  ssh_private_key_file = "${path.root}/build-key"
  ssh_timeout          = var.qemu_ssh_timeout
  shutdown_command     = local.shutdown_command

  http_bind_address = "127.0.0.1"
  vnc_bind_address  = "127.0.0.1"
}
