# A node by Terraform from a file that flexgen has written; here on Hetzner Cloud. Beside this file:
#   npx flexgen cloud-init --target hetzner --out user-data.yaml
# Whoever reads Terraform's state reads a digest of the payload there, with other providers the payload itself.
resource "hcloud_server" "node" {
  name        = "edge-01"
  image       = "ubuntu-24.04"
  server_type = "cx32"
  location    = "fsn1"

  # At most 32,768 bytes.
  user_data = sensitive(file("${path.module}/user-data.yaml"))

  lifecycle {
    ignore_changes = [user_data]
  }
}
