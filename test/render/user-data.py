"""FILE…: what cloud-init's own code makes of each file as user-data, as a JSON list."""

import builtins
import io
import json
import os
import sys
import tempfile

import yaml
from cloudinit import helpers, sources, stages

console = io.StringIO()
console.close = lambda: None
really_open = builtins.open
builtins.open = lambda name, *rest, **more: console if name == "/dev/console" else really_open(name, *rest, **more)


class Source(sources.DataSource):
    """A datasource that has this user-data and nothing else."""

    dsname = "Test"

    def get_instance_id(self):
        return "i-test"


def text(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def take(user_data, folder):
    paths = helpers.Paths({"cloud_dir": folder + "/lib", "run_dir": folder + "/run"})
    os.makedirs(folder + "/run")
    for name in ["instance-data.json", "instance-data-sensitive.json"]:
        with open(folder + "/run/" + name, "w", encoding="utf-8") as known:
            json.dump({"v1": {"region": "here"}}, known)
    source = Source({}, None, paths)
    source.userdata_raw = user_data
    paths.datasource = source
    for path in ["scripts", "handlers", "boothooks"]:
        os.makedirs(paths.get_ipath(path), exist_ok=True)
    os.symlink(paths.get_ipath(), paths.get_ipath_cur())
    init = stages.Init()
    init._cfg = {}
    init._paths = paths
    init._distro = object()
    init.datasource = source
    console.truncate(console.seek(0))
    init._consume_userdata("once-per-instance")
    config = paths.get_ipath("cloud_config")
    scripts = paths.get_ipath("scripts")
    return {
        "config": yaml.safe_load(text(config)),
        "mode": oct(os.stat(config).st_mode & 0o777),
        "console": console.getvalue(),
        "scripts": [text(scripts + "/" + name) for name in sorted(os.listdir(scripts))],
    }


def taken(path):
    with open(path, "rb") as file, tempfile.TemporaryDirectory() as folder:
        # Each has part handlers of its own, of one name.
        known = set(sys.modules)
        try:
            return take(file.read(), folder)
        finally:
            for name in set(sys.modules) - known:
                if name.startswith("part-handler"):
                    del sys.modules[name]
            sys.path[:] = [entry for entry in sys.path if not entry.startswith(folder)]
            sys.path_importer_cache.clear()


print(json.dumps([taken(path) for path in sys.argv[1:]]))
