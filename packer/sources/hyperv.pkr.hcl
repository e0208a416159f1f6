variable "hyperv_vmcx_path" {
  description = "The folder of an exported machine; its cloud-init must take a NoCloud seed."
  type        = string
}

variable "hyperv_switch_name" {
  description = "The virtual switch of the machine that bakes."
  type        = string
}

variable "hyperv_generation" {
  description = "Its generation."
  type        = number
}

variable "hyperv_secure_boot" {
  description = "Whether it boots securely."
  type        = bool
}

variable "hyperv_memory" {
  description = "Its memory in MiB."
  type        = number
}

variable "hyperv_cpus" {
  description = "Its processors."
  type        = number
}

variable "hyperv_output" {
  description = "The folder that the image is written into, which must not be there yet."
  type        = string
}

variable "hyperv_headless" {
  description = "Whether the machine has no window."
  type        = bool
}

variable "hyperv_ssh_timeout" {
  description = "How long the machine may take to boot."
  type        = string
}

# Packer runs on the Windows host, as somebody who may manage Hyper-V.
source "hyperv-vmcx" "flexgen" {
  clone_from_vmcx_path = var.hyperv_vmcx_path
  switch_name          = var.hyperv_switch_name
  generation           = var.hyperv_generation
  enable_secure_boot   = var.hyperv_secure_boot
  secure_boot_template = "MicrosoftUEFICertificateAuthority"
  memory               = var.hyperv_memory
  cpus                 = var.hyperv_cpus
  headless             = var.hyperv_headless

  # The seed makes the build user and lets this folder's key in.
  cd_files             = ["${path.root}/cidata/user-data", "${path.root}/cidata/meta-data"]
  cd_label             = "cidata"
  ssh_username         = "flexgen-build"
  ssh_private_key_file = "${path.root}/build-key"
  ssh_timeout          = var.hyperv_ssh_timeout
  shutdown_command     = local.shutdown_command

  vm_name          = var.image_name
  output_directory = var.hyperv_output
}
