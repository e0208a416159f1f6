"""The hybrid instance service, as the stand-in of Azure has it, and Entra."""

import base64
import json
import ssl
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request

import state
from failure import Failure


def openssl(arguments, data):
    """What openssl makes of `data`, or nothing if it does not take it."""
    done = subprocess.run(["openssl", *arguments], input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    return done.stdout if done.returncode == 0 else None


def signed(resource_id, vm_id):
    """What a machine says of itself, signed with its key."""
    timestamp = str(int(time.time()))
    text = "\n".join([resource_id, vm_id, timestamp]).encode()
    signature = openssl(["dgst", "-sha256", "-sign", state.KEY], text)
    if signature is None:
        raise Failure("AZCM0103", "the machine's key can't be used")
    return {
        "resourceId": resource_id,
        "vmId": vm_id,
        "timestamp": timestamp,
        "signature": base64.b64encode(signature).decode(),
    }


def post(url, body, headers):
    """Status and document of an answer; the network's failures are AZCM0026."""
    proxy = state.settings().get("proxy.url")
    context = ssl.create_default_context(cafile="/opt/azcmagent/ca.pem")
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({"https": proxy} if proxy else {}),
        urllib.request.HTTPSHandler(context=context),
    )
    request = urllib.request.Request(url, data=body, headers=headers, method="POST")
    try:
        with opener.open(request, timeout=20) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)
    except OSError as error:
        raise Failure("AZCM0026", f"{url}: {error}") from None


def instance_service(path, document, token=None):
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    return post(state.site()["his"] + path, json.dumps(document).encode(), headers)


def access_token(tenant, client, secret):
    """A token of Resource Manager's for the principal that onboards."""
    site = state.site()
    form = {
        "client_id": client,
        "client_secret": secret,
        "grant_type": "client_credentials",
        "scope": site["scope"],
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    url = f"{site['authority']}/{tenant}/oauth2/v2.0/token"
    status, document = post(url, urllib.parse.urlencode(form).encode(), headers)
    if status == 429 or status >= 500:
        raise Failure("AZCM0026", f"{url}: {status}")
    if status != 200:
        raise Failure("AZCM0041", document.get("error_description", str(status)))
    return document["access_token"]
