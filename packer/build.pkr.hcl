# Which sources are built is what `flexgen packer --source` says; everything else here is the same for each of them.
build {
  sources = []

  # Not in /tmp, which may be gone after the reboot.
  provisioner "shell" {
    inline = ["rm -rf /var/tmp/flexgen-bake && mkdir -m 0700 /var/tmp/flexgen-bake"]
  }

  provisioner "file" {
    source      = "${path.root}/bake/"
    destination = "/var/tmp/flexgen-bake"
  }

  provisioner "shell" {
    inline = ["sudo bash /var/tmp/flexgen-bake/provision"]
  }

  # It does not come back from there, or the next step would find the machine that still goes down.
  provisioner "shell" {
    inline            = ["sudo sh -c 'systemctl reboot; sleep infinity'"]
    expect_disconnect = true
    skip_clean        = true
  }

  provisioner "shell" {
    inline              = ["sudo bash /var/tmp/flexgen-bake/verify"]
    pause_before        = "5s"
    start_retry_timeout = "15m"
  }

  # Sources that end with a shutdown_command of ours remove the build user there: nobody could call it otherwise.
  provisioner "shell" {
    environment_vars = ["KEEP_USER=${contains(["qemu", "vsphere-clone", "hyperv-vmcx"], source.type)}"]
    inline           = ["sudo BUILD_USER=\"$(id -un)\" KEEP_USER=\"$KEEP_USER\" bash /var/tmp/flexgen-bake/clean"]
    skip_clean       = true
  }
}
