#!/usr/bin/env python3
"""
A stand-in of Azure Arc's token endpoint (HIMDS) that is as strict as the real one: it serves no one who has not
answered its challenge, and notes each request that the real one would refuse.

  HIMDS_PORT         default 40342; 0 takes a free one. `himds: PORT` on standard output says that it listens.
  HIMDS_TOKENS_DIR   where the challenge's key files are put, default /var/opt/azcmagent/tokens
  HIMDS_ISSUE        a program that gets the resource as its only argument and prints the token's JSON
  HIMDS_EXPIRES_ON   `epoch` (default: a text of seconds) or `iso`: how `expires_on` is written
  HIMDS_LOG          a file that gets a line for each refusal but the challenge itself
"""

import base64
import datetime
import grp
import http.server
import json
import os
import secrets
import subprocess
import sys
import threading
import time
import urllib.parse

PATH = "/metadata/identity/oauth2/token"
API_VERSION = "2020-06-01"

port = int(os.environ.get("HIMDS_PORT", "40342"))
folder = os.environ.get("HIMDS_TOKENS_DIR", "/var/opt/azcmagent/tokens")
issue = os.environ["HIMDS_ISSUE"]
expires_as = os.environ.get("HIMDS_EXPIRES_ON", "epoch")
log = os.environ.get("HIMDS_LOG")

lock = threading.Lock()
# What each key file holds, until somebody has shown it.
keys = {}


class Refusal(Exception):
    def __init__(self, status, error, description):
        super().__init__(description)
        self.status = status
        self.body = {"error": error, "error_description": description}


def new_key():
    """Puts a new key where only root and the group himds can read it, and gives its path."""
    path = os.path.join(folder, secrets.token_hex(16) + ".key")
    key = base64.b64encode(secrets.token_bytes(48)).decode()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "w") as file:
        os.fchmod(file.fileno(), 0o640)
        try:
            os.fchown(file.fileno(), -1, grp.getgrnam("himds").gr_gid)
        except (KeyError, PermissionError):
            pass
        file.write(key)
    with lock:
        keys[key] = path
    return path


def spend(authorization):
    """Takes a key that has been shown out of use."""
    scheme, _, shown = authorization.partition(" ")
    if scheme.lower() != "basic":
        raise Refusal(401, "unauthorized", "the Authorization header is not of the scheme Basic")
    with lock:
        path = keys.pop(shown, None)
    if path is None:
        raise Refusal(403, "forbidden", "this key was never given out, or has been used")
    os.unlink(path)


def epoch(value):
    """Seconds, from a number, a text of digits or an ISO 8601 time."""
    text = str(value)
    if text.isdigit():
        return int(text)
    return int(datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())


def token(resource):
    done = subprocess.run([issue, resource], stdout=subprocess.PIPE, check=False)
    if done.returncode != 0:
        raise Refusal(500, "server_error", f"{issue} ended with {done.returncode}")
    body = json.loads(done.stdout)
    end = epoch(body["expires_on"]) if "expires_on" in body else int(time.time()) + int(body["expires_in"])
    if expires_as == "iso":
        body["expires_on"] = datetime.datetime.fromtimestamp(end, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    else:
        body["expires_on"] = str(end)
    body.setdefault("resource", resource)
    body.setdefault("token_type", "Bearer")
    return body


def resource_of(url):
    if url.path != PATH:
        raise Refusal(404, "not_found", f"there is nothing at {url.path}")
    try:
        query = urllib.parse.parse_qs(url.query, keep_blank_values=True, strict_parsing=True)
    except ValueError:
        raise Refusal(400, "invalid_request", "the query is not one") from None
    if query.get("api-version") != [API_VERSION]:
        raise Refusal(400, "invalid_request", f"api-version must be {API_VERSION}")
    if len(query.get("resource", [])) != 1 or query["resource"] == [""]:
        raise Refusal(400, "invalid_request", "resource must be given once")
    unknown = sorted(set(query) - {"api-version", "resource"})
    if unknown:
        raise Refusal(400, "invalid_request", f"unknown parameter {unknown[0]}")
    return query["resource"][0]


class Handler(http.server.BaseHTTPRequestHandler):
    server_version = "Microsoft-HTTPAPI/2.0"
    sys_version = ""

    def answer(self, status, body, headers=()):
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self):
        try:
            if self.headers.get_all("Metadata", []) != ["true"]:
                raise Refusal(400, "invalid_request", "the header `Metadata: true` is lacking")
            if self.headers.get("X-Forwarded-For") is not None:
                raise Refusal(400, "invalid_request", "a proxy stands between")
            resource = resource_of(urllib.parse.urlsplit(self.path))
            authorization = self.headers.get("Authorization")
            if authorization is None:
                body = {"error": "unauthorized", "error_description": "show the key of the file"}
                self.answer(401, body, [("Www-Authenticate", f"Basic realm={new_key()}")])
                return
            spend(authorization)
            self.answer(200, token(resource))
        except Refusal as refusal:
            self.refuse(refusal)

    def refuse(self, refusal):
        self.note(f"{refusal.status} {refusal}")
        self.answer(refusal.status, refusal.body)

    def do_POST(self):
        self.refuse(Refusal(405, "invalid_request", f"{self.command} is not served"))

    do_PUT = do_DELETE = do_HEAD = do_POST

    def note(self, line):
        if log is not None:
            with lock, open(log, "a", encoding="utf-8") as file:
                file.write(line + "\n")

    def log_message(self, format, *args):
        """Says nothing: what is worth a line is in HIMDS_LOG."""


def main():
    os.makedirs(folder, mode=0o750, exist_ok=True)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
    print(f"himds: {server.server_address[1]}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(0)
