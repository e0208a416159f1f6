# Nodes of an AKS cluster as a scale set of its own, which is none of AKS's pools. Beside this file:
#   npx flexgen cloud-init --config flexgen.yaml > user-data.yaml        # `node.name: {from: hostname}`
# `auth.mode: managed-identity` needs no secret at all: `auth.clientId` and `auth.objectId` are those of the identity below.
variable "resource_group_name" {
  type = string
}

variable "location" {
  type = string
}

variable "subnet_id" {
  type = string
}

variable "ssh_public_key" {
  type = string
}

variable "golden_image_id" {
  description = "The image that `packer build` made; null = Canonical's Ubuntu 24.04, installed at the first boot."
  type        = string
  default     = null
}

resource "azurerm_user_assigned_identity" "node" {
  name                = "flexgen-node"
  resource_group_name = var.resource_group_name
  location            = var.location
}

resource "azurerm_linux_virtual_machine_scale_set" "node" {
  name                = "flexgen-node"
  resource_group_name = var.resource_group_name
  location            = var.location
  sku                 = "Standard_D2s_v5"
  instances           = 2

  # Each machine's host name is this with six characters behind it, and so is its node's.
  computer_name_prefix = "edge"
  admin_username       = "operator"

  admin_ssh_key {
    username   = "operator"
    public_key = var.ssh_public_key
  }

  # At most 65,535 bytes, counted before base64.
  custom_data = filebase64("${path.module}/user-data.yaml")

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.node.id]
  }

  source_image_id = var.golden_image_id

  dynamic "source_image_reference" {
    for_each = var.golden_image_id == null ? ["stock"] : []
    content {
      publisher = "Canonical"
      offer     = "ubuntu-24_04-lts"
      sku       = "server"
      version   = "latest"
    }
  }

  os_disk {
    caching              = "ReadOnly"
    storage_account_type = "StandardSSD_LRS"
  }

  network_interface {
    name    = "node"
    primary = true

    ip_configuration {
      name      = "node"
      primary   = true
      subnet_id = var.subnet_id
    }
  }
}
