variable "azure_location" {
  description = "The region of the machine that bakes, and of the image."
  type        = string
}

variable "azure_resource_group" {
  description = "The resource group that gets the image; it must be there."
  type        = string
}

variable "azure_subscription_id" {
  description = "The subscription; null for the one of the environment."
  type        = string
}

variable "azure_sign_in" {
  description = "Who bakes: `cli`, `environment` or `managed-identity`."
  type        = string
}

variable "azure_cloud" {
  description = "What Packer calls the cloud."
  type        = string
}

variable "azure_build_resource_group" {
  description = "The resource group for the machine that bakes; null for a temporary one."
  type        = string
}

variable "azure_vm_size" {
  description = "Its size."
  type        = string
}

variable "azure_image_publisher" {
  description = "The publisher of the image that the bake starts from."
  type        = string
}

variable "azure_image_offer" {
  description = "Its offer."
  type        = string
}

variable "azure_image_sku" {
  description = "Its SKU."
  type        = string
}

variable "azure_image_version" {
  description = "Its version."
  type        = string
}

variable "azure_disk_size" {
  description = "The size of the image's disk in GB; null for that of the image it starts from."
  type        = number
}

variable "azure_gallery" {
  description = "The gallery that gets the image in place of a managed image."
  type        = object({ name = string, image = string, version = string, regions = list(string) })
}

variable "azure_virtual_network" {
  description = "A virtual network for the machine that bakes."
  type        = string
}

variable "azure_virtual_network_resource_group" {
  description = "Its resource group."
  type        = string
}

variable "azure_subnet" {
  description = "A subnet of it."
  type        = string
}

variable "azure_public_ip" {
  description = "Whether a machine in a virtual network has a public address."
  type        = bool
}

variable "azure_tags" {
  description = "Tags of all that is made."
  type        = map(string)
}

# Credentials come from the environment, or from `az`.
variable "azure_client_id" {
  default   = env("ARM_CLIENT_ID")
  sensitive = true
}

variable "azure_client_secret" {
  default   = env("ARM_CLIENT_SECRET")
  sensitive = true
}

variable "azure_tenant_id" {
  default   = env("ARM_TENANT_ID")
  sensitive = true
}

variable "azure_environment_subscription_id" {
  default = env("ARM_SUBSCRIPTION_ID")
}

source "azure-arm" "flexgen" {
  use_azure_cli_auth     = var.azure_sign_in == "cli"
  client_id              = var.azure_sign_in == "environment" ? var.azure_client_id : null
  client_secret          = var.azure_sign_in == "environment" ? var.azure_client_secret : null
  tenant_id              = var.azure_sign_in == "environment" ? var.azure_tenant_id : null
  subscription_id        = var.azure_subscription_id == null ? var.azure_environment_subscription_id : var.azure_subscription_id
  cloud_environment_name = var.azure_cloud

  # Where an existing group is built in, its region is the machine's.
  location                  = var.azure_build_resource_group == null ? var.azure_location : null
  build_resource_group_name = var.azure_build_resource_group
  vm_size                   = var.azure_vm_size
  os_type                   = "Linux"
  image_publisher           = var.azure_image_publisher
  image_offer               = var.azure_image_offer
  image_sku                 = var.azure_image_sku
  image_version             = var.azure_image_version
  os_disk_size_gb           = var.azure_disk_size
  azure_tags                = var.azure_tags

  virtual_network_name                   = var.azure_virtual_network
  virtual_network_resource_group_name    = var.azure_virtual_network_resource_group
  virtual_network_subnet_name            = var.azure_subnet
  private_virtual_network_with_public_ip = var.azure_public_ip

  ssh_username = "flexgen-build"

  managed_image_name                = var.azure_gallery == null ? var.image_name : null
  managed_image_resource_group_name = var.azure_gallery == null ? var.azure_resource_group : null

  # Packer 1.6.6 has an older plugin inside, which takes no gallery without a managed image.
  dynamic "shared_image_gallery_destination" {
    for_each = var.azure_gallery == null ? [] : [var.azure_gallery]
    content {
      resource_group      = var.azure_resource_group
      gallery_name        = shared_image_gallery_destination.value.name
      image_name          = shared_image_gallery_destination.value.image
      image_version       = shared_image_gallery_destination.value.version
      replication_regions = length(shared_image_gallery_destination.value.regions) == 0 ? [var.azure_location] : shared_image_gallery_destination.value.regions
    }
  }
}
