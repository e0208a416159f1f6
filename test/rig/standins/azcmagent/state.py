"""What the agent keeps on the machine."""

import grp
import json
import os
import pwd

from failure import Failure

VERSION = "@VERSION@"
HOME = "/var/opt/azcmagent"
CONFIG = f"{HOME}/agentconfig.json"
LOCAL = f"{HOME}/localconfig.json"
KEY = f"{HOME}/certs/myCert"
LOG = f"{HOME}/log/refused.log"
SITE = "/opt/azcmagent/site.json"

# Of `azcmagent config info`.
SETTINGS = {
    "config.mode",
    "connection.type",
    "extensions.allowlist",
    "extensions.blocklist",
    "extensions.enabled",
    "guestconfiguration.enabled",
    "incomingconnections.enabled",
    "incomingconnections.ports",
    "proxy.bypass",
    "proxy.url",
}


def require_root():
    if os.geteuid() != 0:
        raise Failure("AZCM0018", "this command needs root")


def load(path):
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except FileNotFoundError:
        return {}


def write(path, text, mode, owner="root"):
    """Replaces a file as a whole, for root or for the agent's own user."""
    user, group = pwd.getpwnam(owner).pw_uid, grp.getgrnam("himds").gr_gid
    with os.fdopen(os.open(f"{path}.new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w", encoding="utf-8") as file:
        os.fchown(file.fileno(), user, group)
        os.fchmod(file.fileno(), mode)
        file.write(text)
    os.rename(f"{path}.new", path)


def site():
    return load(SITE)


def machine():
    """The machine as which this one is connected, or nothing."""
    return load(CONFIG)


def keep(found, key_pem):
    write(KEY, key_pem, 0o600, "himds")
    # `show` needs no root.
    write(CONFIG, json.dumps(found), 0o644)


def forget():
    for path in (CONFIG, KEY):
        if os.path.exists(path):
            os.unlink(path)


def shown():
    empty = dict.fromkeys(
        ["resourceId", "vmId", "subscriptionId", "resourceGroup", "resourceName", "tenantId", "location", "cloud"], ""
    )
    found = machine()
    status = "Connected" if found else "Disconnected"
    return {**empty, **found, "status": status, "agentVersion": VERSION}


def settings():
    return load(LOCAL)


def save_settings(found):
    write(LOCAL, json.dumps(found), 0o644)


def note(line):
    """Notes a refusal: a test asks afterwards whether there was one. Who may not write there need not."""
    try:
        with open(LOG, "a", encoding="utf-8") as file:
            file.write(line + "\n")
    except OSError:
        pass
