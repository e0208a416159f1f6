"""`connect` makes a machine in Azure; `connect existing` takes the place of one that was made there before."""

import base64
import re
import socket
import uuid

import service
import state
from failure import Failure

CLOUDS = {"AzureCloud", "AzureUSGovernment", "AzureChinaCloud"}


def guid(given, name):
    try:
        return str(uuid.UUID(given[name]))
    except ValueError:
        raise Failure("AZCM0023", f"--{name} is no GUID") from None


def require(given, names):
    missing = [name for name in names if not given.get(name)]
    if missing:
        raise Failure("AZCM0016", f"required flag(s) {', '.join('--' + name for name in missing)} not set")


def place(given, words):
    """What both ways check first: who asks, where the machine is, and that the agent's service is there."""
    state.require_root()
    if words:
        raise Failure("AZCM0023", f"unexpected argument: {words[0]}")
    subscription = guid(given, "subscription-id")
    guid(given, "tenant-id")
    if given.get("cloud", "AzureCloud") not in CLOUDS:
        raise Failure("AZCM0023", "--cloud is none of " + ", ".join(sorted(CLOUDS)))
    if not re.fullmatch("[a-z][a-z0-9]+", given["location"]):
        raise Failure("AZCM0020", f"there is no region {given['location']}")
    if not re.fullmatch("[A-Za-z0-9][A-Za-z0-9._-]{0,53}", given["resource-name"]):
        raise Failure("AZCM0023", "--resource-name is none that a machine may have")
    if state.machine():
        raise Failure("AZCM0067", f"this machine is connected already, as {state.machine()['resourceId']}")
    try:
        socket.create_connection(("127.0.0.1", 40342), 5).close()
    except OSError:
        raise Failure("AZCM0070", "the local service himdsd does not answer") from None
    group = f"/subscriptions/{subscription}/resourceGroups/{given['resource-group']}"
    return f"{group}/providers/Microsoft.HybridCompute/machines/{given['resource-name']}"


def keep(given, resource_id, vm_id, key_pem):
    found = {
        "resourceId": resource_id,
        "vmId": vm_id,
        "subscriptionId": given["subscription-id"],
        "resourceGroup": given["resource-group"],
        "resourceName": given["resource-name"],
        "tenantId": given["tenant-id"],
        "location": given["location"],
        "cloud": given.get("cloud", "AzureCloud"),
    }
    state.keep(found, key_pem)


def settle(given, resource_id, vm_id, key_pem, register):
    """Connected, or as it was before."""
    keep(given, resource_id, vm_id, key_pem)
    try:
        register()
    except Failure:
        state.forget()
        raise
    print(f"Connected machine to Azure\nMachine overview page: {resource_id}")


def refuse(status, document, unauthorized):
    """What a refusal of the instance service means to the agent."""
    error = document.get("error", {})
    words = f"{error.get('code', status)}: {error.get('message', '')}"
    if status == 429 or status >= 500:
        raise Failure("AZCM0026", words)
    if status == 401:
        raise Failure(unauthorized, words)
    raise Failure("AZCM0044" if status == 409 else "AZCM0042", words)


def existing(given, words):
    require(given, ["subscription-id", "resource-group", "resource-name", "location", "tenant-id", "vmid", "private-key"])
    resource_id = place(given, words)
    vm_id = guid(given, "vmid")
    try:
        der = base64.b64decode(given["private-key"], validate=True)
    except ValueError:
        der = b""
    pem = service.openssl(["rsa", "-inform", "DER", "-traditional"], der)
    # PKCS#8 begins otherwise; nobody has said that the agent takes it.
    if pem is None or not der[4:].startswith(b"\x02\x01\x00\x02"):
        raise Failure("AZCM0023", "--private-key is no RSA key in PKCS#1 DER, in base64")

    def register():
        status, document = service.instance_service("/connect", service.signed(resource_id, vm_id))
        if status != 200:
            refuse(status, document, "AZCM0041")

    settle(given, resource_id, vm_id, pem.decode(), register)


def tags_of(text):
    pairs = [pair.partition("=") for pair in text.split(",")] if text else []
    if any(name == "" or equals == "" for name, equals, _ in pairs):
        raise Failure("AZCM0023", "--tags is not NAME=VALUE,NAME=VALUE")
    return {name: value for name, _, value in pairs}


def create(given, words):
    require(given, ["subscription-id", "resource-group", "location", "tenant-id"])
    principal = [name for name in ("service-principal-id", "service-principal-secret") if name in given]
    if ("access-token" in given) == bool(principal) or len(principal) == 1:
        raise Failure("AZCM0016", "required: --access-token, or --service-principal-id and its secret")
    given = {"resource-name": socket.gethostname(), **given}
    resource_id = place(given, words)
    tags = tags_of(given.get("tags", ""))
    token, refused = given.get("access-token"), "AZCM0012"
    if principal:
        refused = "AZCM0041"
        token = service.access_token(
            given["tenant-id"], given["service-principal-id"], given["service-principal-secret"]
        )
    pem = service.openssl(["genrsa", "-traditional", "2048"], b"")
    public = service.openssl(["rsa", "-RSAPublicKey_out", "-outform", "DER"], pem)
    vm_id = str(uuid.uuid4())
    document = {
        "resourceId": resource_id,
        "vmId": vm_id,
        "location": given["location"],
        "tags": tags,
        "publicKey": base64.b64encode(public).decode(),
    }

    def register():
        status, answer = service.instance_service("/connect", document, token)
        if status != 200:
            refuse(status, answer, refused)

    settle(given, resource_id, vm_id, pem.decode(), register)
