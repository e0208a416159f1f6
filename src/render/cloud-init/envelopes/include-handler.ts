/**
 * What cloud-init runs to fetch a payload, in Python: a part handler, which is handed the part below it and writes the
 * payload where the handler of cloud-config's own writes what it has read. `#include` itself checks no digest, and all of
 * what it has fetched is read before anything else of the user-data could check one.
 */
export const includeHandler = `#part-handler
# Fetches the payload that the next part names, and hands it to cloud-init if it has that digest.
import hashlib
import json

from cloudinit import url_helper, util

fetched = []


def list_types():
    return ["text/x-flexgen-include"]


def handle_part(data, ctype, filename, payload):
    if ctype == "text/x-flexgen-include":
        wanted = json.loads(payload)
        try:
            text = url_helper.readurl(wanted["url"], timeout=60, retries=24, sec_between=5).contents
            found = hashlib.sha256(text).hexdigest()
            if found != wanted["sha256"]:
                raise ValueError("expected sha256 %s, got %s" % (wanted["sha256"], found))
            fetched.append(text)
        except Exception as error:
            with open("/dev/console", "w") as console:
                console.write("flexgen: FAILED at payload: %s: %s\\n" % (wanted["url"], error))
            raise
    elif ctype == "__end__" and fetched:
        # After cloud-init's own handler, which has found no cloud-config and has written none.
        util.write_file(data.get_ipath("cloud_config"), fetched[0], 0o600)
`;
