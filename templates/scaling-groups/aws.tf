# Nodes of an AKS cluster as EC2 machines of an auto-scaling group. Beside this file:
#   npx flexgen cloud-init --config flexgen.yaml > user-data.yaml        # `node.name: {from: hostname}`
variable "image_id" {
  description = "An AMI of what `node.os` says, or the golden image of it (then: `cloud-init --image golden`)."
  type        = string
}

variable "subnet_ids" {
  type = list(string)
}

variable "size" {
  type    = object({ least = number, most = number })
  default = { least = 1, most = 10 }
}

resource "aws_launch_template" "node" {
  name_prefix   = "flexgen-node-"
  image_id      = var.image_id
  instance_type = "m7i.large"

  # At most 16,384 bytes, counted before base64.
  user_data = filebase64("${path.module}/user-data.yaml")

  # The host name is the instance's id, which no later machine has; an address's name comes back with the address.
  private_dns_name_options {
    hostname_type = "resource-name"
  }

  # The user-data holds a credential: one hop reaches the machine, and not its pods.
  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }
}

resource "aws_autoscaling_group" "node" {
  name_prefix         = "flexgen-node-"
  min_size            = var.size.least
  max_size            = var.size.most
  vpc_zone_identifier = var.subnet_ids

  launch_template {
    id      = aws_launch_template.node.id
    version = aws_launch_template.node.latest_version
  }
}
