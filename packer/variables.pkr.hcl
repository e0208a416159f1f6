variable "image_name" {
  description = "What the image is called: `flexgen-` and the image id of the node plan."
  type        = string
}

locals {
  # The last thing that the build user does is to go. It can't be called root's: sudo says who called it.
  shutdown_command = "sudo sh -c '[ \"$SUDO_USER\" = root ] || userdel --force --remove \"$SUDO_USER\"; rm -f /etc/sudoers.d/90-cloud-init-users /etc/passwd- /etc/shadow- /etc/group- /etc/gshadow- /etc/subuid- /etc/subgid-; sync; fstrim -a; systemctl poweroff'"
}
