variable "vsphere_server" {
  description = "vCenter."
  type        = string
}

variable "vsphere_template" {
  description = "The template that is cloned; its cloud-init must take a NoCloud seed."
  type        = string
}

variable "vsphere_cluster" {
  description = "The cluster that bakes."
  type        = string
}

variable "vsphere_host" {
  description = "The host that bakes."
  type        = string
}

variable "vsphere_datacenter" {
  description = "The datacenter."
  type        = string
}

variable "vsphere_datastore" {
  description = "The datastore of the new template."
  type        = string
}

variable "vsphere_folder" {
  description = "Its folder."
  type        = string
}

variable "vsphere_resource_pool" {
  description = "The resource pool of the machine that bakes."
  type        = string
}

variable "vsphere_network" {
  description = "Its network; null for the template's."
  type        = string
}

variable "vsphere_memory" {
  description = "Its memory in MiB."
  type        = number
}

variable "vsphere_cpus" {
  description = "Its processors."
  type        = number
}

variable "vsphere_insecure" {
  description = "Whether vCenter's certificate is taken as it is."
  type        = bool
}

# Credentials come from the environment.
variable "vsphere_user" {
  default   = env("VSPHERE_USER")
  sensitive = true
}

variable "vsphere_password" {
  default   = env("VSPHERE_PASSWORD")
  sensitive = true
}

source "vsphere-clone" "flexgen" {
  vcenter_server      = var.vsphere_server
  username            = var.vsphere_user
  password            = var.vsphere_password
  insecure_connection = var.vsphere_insecure

  template      = var.vsphere_template
  datacenter    = var.vsphere_datacenter
  cluster       = var.vsphere_cluster
  host          = var.vsphere_host
  datastore     = var.vsphere_datastore
  folder        = var.vsphere_folder
  resource_pool = var.vsphere_resource_pool
  network       = var.vsphere_network
  CPUs          = var.vsphere_cpus
  RAM           = var.vsphere_memory

  # The seed makes the build user and lets this folder's key in.
  cd_files             = ["${path.root}/cidata/user-data", "${path.root}/cidata/meta-data"]
  cd_label             = "cidata"
  remove_cdrom         = true
  ssh_username         = "flexgen-build"
  ssh_private_key_file = "${path.root}/build-key"
  shutdown_command     = local.shutdown_command

  vm_name             = var.image_name
  convert_to_template = true
}
