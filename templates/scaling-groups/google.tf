# Nodes of an AKS cluster as Compute Engine machines of a managed instance group. Beside this file:
#   npx flexgen cloud-init --config flexgen.yaml > user-data.yaml        # `node.name: {from: hostname}`
variable "region" {
  type = string
}

variable "subnetwork" {
  type = string
}

variable "image" {
  description = "An image with cloud-init, which Google's Ubuntu has and its Debian has not; or the golden image."
  type        = string
  default     = "ubuntu-os-cloud/ubuntu-2404-lts-amd64"
}

resource "google_compute_region_instance_template" "node" {
  name_prefix  = "flexgen-node-"
  region       = var.region
  machine_type = "n2-standard-2"

  # Plain text of at most 262,144 bytes.
  metadata = {
    user-data = file("${path.module}/user-data.yaml")
  }

  disk {
    source_image = var.image
    boot         = true
    disk_size_gb = 30
  }

  network_interface {
    subnetwork = var.subnetwork
  }

  # A template can't be changed: the group moves to the next one.
  lifecycle {
    create_before_destroy = true
  }
}

resource "google_compute_region_instance_group_manager" "node" {
  name   = "flexgen-node"
  region = var.region

  # Each machine's host name is this with a dash and four characters behind it, and so is its node's.
  base_instance_name = "edge"
  target_size        = 2

  version {
    instance_template = google_compute_region_instance_template.node.id
  }
}
