variable "proxmox_url" {
  description = "The API of Proxmox VE."
  type        = string
}

variable "proxmox_node" {
  description = "The node that bakes."
  type        = string
}

variable "proxmox_template" {
  description = "The template that is cloned; it must have a cloud-init drive."
  type        = string
}

variable "proxmox_pool" {
  description = "The resource pool of the new template."
  type        = string
}

variable "proxmox_bridge" {
  description = "The network bridge of the machine that bakes."
  type        = string
}

variable "proxmox_cloud_init_storage" {
  description = "The storage of the new template's cloud-init drive; null for that of its disk."
  type        = string
}

variable "proxmox_cpu_type" {
  description = "Its processor type."
  type        = string
}

variable "proxmox_memory" {
  description = "Its memory in MiB."
  type        = number
}

variable "proxmox_cpus" {
  description = "Its processors."
  type        = number
}

variable "proxmox_insecure" {
  description = "Whether the API's certificate is taken as it is."
  type        = bool
}

# Credentials come from the environment: PROXMOX_USERNAME and PROXMOX_TOKEN, or PROXMOX_PASSWORD.
source "proxmox-clone" "flexgen" {
  proxmox_url              = var.proxmox_url
  insecure_skip_tls_verify = var.proxmox_insecure

  node            = var.proxmox_node
  clone_vm        = var.proxmox_template
  pool            = var.proxmox_pool
  os              = "l26"
  cpu_type        = var.proxmox_cpu_type
  cores           = var.proxmox_cpus
  memory          = var.proxmox_memory
  scsi_controller = "virtio-scsi-pci"

  network_adapters {
    bridge = var.proxmox_bridge
    model  = "virtio"
  }

  # Packer makes a key for each build; the template's cloud-init drive has it, and the user's name.
  ssh_username = "flexgen-build"

  vm_name                 = var.image_name
  template_name           = var.image_name
  cloud_init              = true
  cloud_init_storage_pool = var.proxmox_cloud_init_storage
}
