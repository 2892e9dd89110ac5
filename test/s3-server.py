"""
OpenStack Swift with its S3 API, in one process and one folder: a server that checks signatures.

    s3-server.py FOLDER ACCOUNT USER KEY

The S3 access key is ACCOUNT:USER, the secret KEY. Writes its port to standard output; what is asked
before it has started waits. Ends when its standard input does, and takes FOLDER along, so that it
cannot outlive whoever started it.
"""

import os
import shutil
import sys

import eventlet

eventlet.monkey_patch()
# Nothing here has to survive a power cut.
os.fsync = os.fdatasync = lambda fd: None


def listen():
    return eventlet.listen(("127.0.0.1", 0), backlog=1024)


public = listen()
# Swift takes a second to load, and nobody has to wait for that.
print(public.getsockname()[1], flush=True)

from eventlet import wsgi  # noqa: E402
from swift.common import storage_policy, utils  # noqa: E402
from swift.common.http_protocol import SwiftHttpProtocol  # noqa: E402
from swift.common.ring import RingBuilder  # noqa: E402
from swift.common.wsgi import loadapp  # noqa: E402

SWIFT = """
[swift-hash]
swift_hash_path_suffix = tests
[storage-policy:0]
name = one
default = yes
"""

BACKEND = """
[DEFAULT]
devices = {folder}/devices
mount_check = false
swift_dir = {folder}
fallocate_reserve = 0
log_level = ERROR
[app:main]
use = egg:swift#{kind}
"""

PROXY = """
[DEFAULT]
swift_dir = {folder}
log_level = ERROR
[pipeline:main]
pipeline = catch_errors s3api tempauth proxy-server
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:s3api]
use = egg:swift#s3api
location = test-region
[filter:tempauth]
use = egg:swift#tempauth
user_{account}_{user} = {key} .admin
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
"""


def write(folder, name, text, **values):
    path = os.path.join(folder, name)
    with open(path, "w") as file:
        file.write(text.format(folder=folder, **values))
    return path


class Cache:
    """What Swift asks of memcached."""

    def __init__(self):
        self.values = {}

    def get(self, key, raise_on_error=False):
        return self.values.get(key)

    def set(self, key, value, **options):
        self.values[key] = value

    def delete(self, key, server_key=None):
        self.values.pop(key, None)


def cached(app):
    cache = Cache()

    def answer(env, start_response):
        env["swift.cache"] = cache
        return app(env, start_response)

    return answer


class Quiet:
    def __getattr__(self, name):
        return lambda *args, **kwargs: None


def serve(sock, app):
    eventlet.spawn(
        wsgi.server, sock, app, Quiet(), protocol=SwiftHttpProtocol, log_output=False,
        max_size=1024,
    )


def main(folder, account, user, key):
    os.makedirs(os.path.join(folder, "devices", "one"), exist_ok=True)
    write(folder, "swift.conf", SWIFT)
    utils.set_swift_dir(folder)
    storage_policy.reload_storage_policies()

    backends = {kind: listen() for kind in ("account", "container", "object")}
    for kind, sock in backends.items():
        ring = RingBuilder(1, 1, 0)
        ring.add_dev({
            "region": 1, "zone": 1, "weight": 1, "ip": "127.0.0.1",
            "port": sock.getsockname()[1], "device": "one",
        })
        ring.rebalance()
        ring.get_ring().save(os.path.join(folder, kind + ".ring.gz"))
    for kind, sock in backends.items():
        serve(sock, loadapp(write(folder, kind + ".conf", BACKEND, kind=kind)))
    proxy = write(folder, "proxy.conf", PROXY, account=account, user=user, key=key)
    serve(public, cached(loadapp(proxy)))
    while True:
        eventlet.hubs.trampoline(sys.stdin.fileno(), read=True)
        if not os.read(sys.stdin.fileno(), 1024):
            break
    shutil.rmtree(folder, ignore_errors=True)


main(*sys.argv[1:])
