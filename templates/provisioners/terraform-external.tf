# A node by Terraform, which calls flexgen itself; here on AWS. A plan calls it too: what it makes is found again by the next
# call. Whoever reads Terraform's state reads the payload: keep it where secrets are kept.
variable "image_id" {
  description = "An AMI of what `node.os` says, or the golden image of it (then: `--image golden` below)."
  type        = string
}

variable "subnet_id" {
  type = string
}

data "external" "payload" {
  program = ["npx", "flexgen", "cloud-init", "--config", "${path.module}/flexgen.yaml", "--target", "terraform"]
}

resource "aws_instance" "node" {
  ami           = var.image_id
  instance_type = "m7i.large"
  subnet_id     = var.subnet_id

  # At most 16,384 bytes, counted before base64.
  user_data = sensitive(data.external.payload.result.user_data)

  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  # A later call may have a new token, which is none of a machine's that has joined.
  lifecycle {
    ignore_changes = [user_data]
  }
}
