"""Stands for the module of Ansible's collection of AWS: keeps what it is given, and knows no other word."""

import json
import os

from ansible.module_utils.basic import AnsibleModule

module = AnsibleModule(
    argument_spec={
        "name": {"required": True},
        "image_id": {"required": True},
        "instance_type": {"required": True},
        "vpc_subnet_id": {"required": True},
        "metadata_options": {"type": "dict"},
        "user_data": {"required": True},
    }
)
with open(os.path.join(os.environ["CALLS"], "ec2_instance"), "w") as file:
    json.dump(module.params, file)
module.exit_json(changed=True)
