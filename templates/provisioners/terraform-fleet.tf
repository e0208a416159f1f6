# A machine for each node of a fleet by Terraform; here on Hetzner Cloud. Beside this file:
#   npx flexgen render --nodes nodes.csv --target hetzner --out fleet
locals {
  payloads = jsondecode(file("${path.module}/fleet/manifest.json")).payloads
}

resource "hcloud_server" "node" {
  for_each = { for payload in local.payloads : payload.name => payload.file }

  name        = each.key
  image       = "ubuntu-24.04"
  server_type = "cx32"
  location    = "fsn1"

  # At most 32,768 bytes.
  user_data = sensitive(file("${path.module}/fleet/${each.value}"))

  lifecycle {
    ignore_changes = [user_data]
  }
}
