variable "amazon_region" {
  description = "The region of the instance that bakes, and of the AMI."
  type        = string
}

variable "amazon_regions" {
  description = "Regions that the AMI is copied to."
  type        = list(string)
}

variable "amazon_instance_type" {
  description = "The instance that bakes."
  type        = string
}

variable "amazon_owner" {
  description = "Whose AMI the bake starts from."
  type        = string
}

variable "amazon_filter" {
  description = "The name of that AMI, with wildcards; the newest is taken."
  type        = string
}

variable "amazon_architecture" {
  description = "Its architecture."
  type        = string
}

variable "amazon_root_device" {
  description = "The name of its root device."
  type        = string
}

variable "amazon_ssh_username" {
  description = "The user that its cloud-init makes."
  type        = string
}

variable "amazon_disk_size" {
  description = "The size of the AMI's disk in GiB."
  type        = number
}

variable "amazon_encrypt" {
  description = "Whether its disk is encrypted."
  type        = bool
}

variable "amazon_kms_key_id" {
  description = "The key for that; null for the account's own."
  type        = string
}

variable "amazon_subnet_id" {
  description = "The subnet of the instance that bakes."
  type        = string
}

variable "amazon_private_ip" {
  description = "Whether it is reached by its private address, and has no public one."
  type        = bool
}

variable "amazon_instance_profile" {
  description = "The IAM instance profile of it."
  type        = string
}

variable "amazon_accounts" {
  description = "Accounts that may use the AMI."
  type        = list(string)
}

variable "amazon_tags" {
  description = "Tags of the AMI and its snapshot."
  type        = map(string)
}

# Credentials come from where AWS's own tools take them: AWS_PROFILE, AWS_ACCESS_KEY_ID and so on.
source "amazon-ebs" "flexgen" {
  region               = var.amazon_region
  instance_type        = var.amazon_instance_type
  subnet_id            = var.amazon_subnet_id
  iam_instance_profile = var.amazon_instance_profile

  source_ami_filter {
    owners      = [var.amazon_owner]
    most_recent = true
    filters = {
      name                = var.amazon_filter
      architecture        = var.amazon_architecture
      root-device-type    = "ebs"
      virtualization-type = "hvm"
    }
  }

  launch_block_device_mappings {
    device_name           = var.amazon_root_device
    volume_size           = var.amazon_disk_size
    volume_type           = "gp3"
    iops                  = 3000
    throughput            = 125
    delete_on_termination = true
  }

  # Packer makes a key for each build.
  ssh_username                = var.amazon_ssh_username
  ssh_interface               = var.amazon_private_ip ? "private_ip" : "public_ip"
  associate_public_ip_address = var.amazon_private_ip ? false : null

  ami_name      = var.image_name
  ami_regions   = var.amazon_regions
  ami_users     = var.amazon_accounts
  encrypt_boot  = var.amazon_encrypt
  kms_key_id    = var.amazon_kms_key_id
  tags          = var.amazon_tags
  snapshot_tags = var.amazon_tags
}
