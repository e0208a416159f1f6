"""The flags of each command, from the command line and from the file of --config, whose keys are flags' names."""

import json
import os
import stat

from failure import Failure

COMMON = {"config": str, "help": bool, "json": bool, "log-stderr": bool, "no-color": bool, "verbose": bool}
PLACE = {
    "subscription-id": str,
    "resource-group": str,
    "resource-name": str,
    "location": str,
    "tenant-id": str,
    "cloud": str,
    "correlation-id": str,
}
FLAGS = {
    "connect": {
        **PLACE,
        "access-token": str,
        "service-principal-id": str,
        "service-principal-secret": str,
        "tags": str,
    },
    "connect existing": {**PLACE, "vmid": str, "private-key": str},
    "show": {"os": bool},
    "disconnect": {"force-local-only": bool},
    "version": {},
    "config": {},
}
SHORT = {
    "-j": "json",
    "-v": "verbose",
    "-h": "help",
    "-s": "subscription-id",
    "-g": "resource-group",
    "-n": "resource-name",
    "-l": "location",
    "-t": "tenant-id",
    "-i": "service-principal-id",
    "-p": "service-principal-secret",
}
SECRETS = {"access-token", "service-principal-secret", "private-key"}


def read(command, argv):
    """The flags that are given, by their long names, and the words that are none. The command line wins."""
    known = {**COMMON, **FLAGS[command]}
    flags, words = split(command, known, argv)
    given = {**of_file(command, known, flags["config"]), **flags} if "config" in flags else flags
    return given, words


def split(command, known, argv):
    flags, words, rest = {}, [], list(argv)
    while rest:
        word = rest.pop(0)
        if not word.startswith("-"):
            words.append(word)
            continue
        name, equals, value = word.partition("=")
        name = SHORT.get(name, name.removeprefix("--") if name.startswith("--") else "")
        if name not in known:
            raise Failure("AZCM0023", f"unknown flag: {word.partition('=')[0]} (of {command})")
        if name in flags:
            raise Failure("AZCM0023", f"--{name} is given twice")
        if known[name] is bool:
            if equals:
                raise Failure("AZCM0023", f"--{name} takes no value")
            flags[name] = True
            continue
        if not equals:
            if not rest:
                raise Failure("AZCM0016", f"flag needs an argument: --{name}")
            value = rest.pop(0)
        flags[name] = value
    return flags, words


def of_file(command, known, path):
    try:
        with open(path, encoding="utf-8") as file:
            mode = os.fstat(file.fileno()).st_mode
            found = json.load(file)
    except OSError:
        raise Failure("AZCM0019", f"there is no configuration file {path}") from None
    except ValueError:
        raise Failure("AZCM0023", f"{path} is not JSON") from None
    if not isinstance(found, dict):
        raise Failure("AZCM0023", f"{path} is no object")
    for name, value in found.items():
        if name not in known or name == "config":
            raise Failure("AZCM0023", f"unknown key in {path}: {name} (of {command})")
        if not isinstance(value, known[name]):
            raise Failure("AZCM0023", f"{name} in {path} is not of the right type")
    # The agent lets this pass; whoever wrote the file should not have.
    if SECRETS & set(found) and stat.S_IMODE(mode) & 0o077:
        raise Failure("AZCM0023", f"{path} holds a secret and can be read by others")
    return found
