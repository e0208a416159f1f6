variable "google_project_id" {
  description = "The project of the instance that bakes, and of the image."
  type        = string
}

variable "google_zone" {
  description = "The zone of the instance that bakes."
  type        = string
}

variable "google_machine_type" {
  description = "Its type."
  type        = string
}

variable "google_source_image_family" {
  description = "The family whose newest image the bake starts from."
  type        = string
}

variable "google_source_image_project" {
  description = "The project that has it."
  type        = string
}

variable "google_disk_size" {
  description = "The size of the image's disk in GB."
  type        = number
}

variable "google_image_family" {
  description = "The family that gets the image."
  type        = string
}

variable "google_network" {
  description = "The network of the instance that bakes."
  type        = string
}

variable "google_subnetwork" {
  description = "Its subnetwork."
  type        = string
}

variable "google_network_tags" {
  description = "Its network tags."
  type        = list(string)
}

variable "google_private_ip" {
  description = "Whether it is reached by its private address, and has no public one."
  type        = bool
}

variable "google_labels" {
  description = "Labels of the image."
  type        = map(string)
}

# Credentials come from where Google's own tools take them: GOOGLE_APPLICATION_CREDENTIALS, gcloud, or the machine's account.
source "googlecompute" "flexgen" {
  project_id              = var.google_project_id
  zone                    = var.google_zone
  machine_type            = var.google_machine_type
  source_image_family     = var.google_source_image_family
  source_image_project_id = [var.google_source_image_project]
  disk_size               = var.google_disk_size
  disk_type               = "pd-ssd"
  network                 = var.google_network
  subnetwork              = var.google_subnetwork
  tags                    = var.google_network_tags
  omit_external_ip        = var.google_private_ip
  use_internal_ip         = var.google_private_ip

  # Packer makes a key for each build, and the instance's agent makes the user.
  ssh_username = "flexgen-build"

  # No dots, as everywhere in Compute Engine.
  image_name   = replace(var.image_name, ".", "-")
  image_family = var.google_image_family
  image_labels = var.google_labels
}
