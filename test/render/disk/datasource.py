"""DATASOURCE IMAGE FOLDER: what cloud-init's datasource makes of a drive, as JSON.

blkid looks at the image itself; in place of a mount, which takes root, the folder has what other readers found in it.
"""

import json
import sys
import tempfile
from importlib import import_module

from cloudinit import helpers, util

name, image, folder = sys.argv[1:]
find = util.find_devs_with
util.find_devs_with = lambda criteria=None, **_: find(criteria, path=image) if criteria else []
util.mount_cb = lambda _, callback, data=None, **__: callback(folder, data) if data is not None else callback(folder)

module = import_module("cloudinit.sources.DataSource" + name)
with tempfile.TemporaryDirectory() as state:
    paths = helpers.Paths({"cloud_dir": state, "run_dir": state, "templates_dir": state})
    source = getattr(module, "DataSource" + name)({}, None, paths)
    found = source._get_data()
text = lambda value: value.decode() if isinstance(value, bytes) else value
print(
    json.dumps(
        found
        and {
            "metadata": source.metadata,
            "userData": text(source.userdata_raw),
            "vendorData": text(source.vendordata_raw),
            "network": source.network_config,
        }
    )
)
