# OpenStack Swift with its S3 interface: proxy, account, container and object server in one process, on ports that were free.
# Called with a folder that is its own; prints the port when it answers.
import os
import sys

folder = sys.argv[1]
with open(os.path.join(folder, 'swift.conf'), 'w') as file:
    file.write('[swift-hash]\nswift_hash_path_suffix = matchbook\n')

import eventlet
eventlet.monkey_patch()
from eventlet import wsgi
from swift.common import utils

utils.SWIFT_CONF_FILE = os.path.join(folder, 'swift.conf')
utils.validate_hash_conf()
from swift.common import storage_policy
from swift.common.ring import RingBuilder
from swift.common.wsgi import loadapp

storage_policy.reload_storage_policies()

kinds = ['account', 'container', 'object']
sockets = {kind: eventlet.listen(('127.0.0.1', 0), backlog=512) for kind in kinds + ['proxy']}
ports = {kind: socket.getsockname()[1] for kind, socket in sockets.items()}
os.mkdir(os.path.join(folder, 'disks'))
os.mkdir(os.path.join(folder, 'disks', 'one'))


def write(name, text):
    place = os.path.join(folder, name)
    with open(place, 'w') as file:
        file.write(text)
    return place


for kind in kinds:
    ring = RingBuilder(1, 1, 0)
    ring.add_dev({'id': 0, 'region': 1, 'zone': 1, 'ip': '127.0.0.1', 'port': ports[kind], 'device': 'one', 'weight': 1})
    ring.rebalance()
    ring.get_ring().save(os.path.join(folder, kind + '.ring.gz'))

default = '[DEFAULT]\nswift_dir = %s\ndevices = %s/disks\nmount_check = false\nlog_level = ERROR\n' % (folder, folder)
apps = {}
for kind in kinds:
    # Bytes are not synced: what is tested is what happens to them, not to the machine.
    apps[kind] = loadapp(write(kind + '.conf', default + '[pipeline:main]\npipeline = server\n[app:server]\nuse = egg:swift#%s\nreplication_server = false\n' % kind))
apps['proxy'] = loadapp(write('proxy.conf', default + '''
[pipeline:main]
pipeline = catch_errors listing_formats s3api tempauth slo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
min_segment_size = 65536
[filter:tempauth]
use = egg:swift#tempauth
user_lakeside_matchbook = secret-of-lakeside .admin
user_lakeside_reader = secret-of-reader
[filter:slo]
use = egg:swift#slo
'''))


class Quiet:
    def write(self, *_):
        pass


class Memory:
    """What memcached does for a Swift of many machines."""

    def __init__(self):
        self.kept = {}

    def set(self, key, value, **_):
        self.kept[key] = value

    def get(self, key, **_):
        return self.kept.get(key)

    def delete(self, key, **_):
        self.kept.pop(key, None)


memory, proxy = Memory(), apps['proxy']


def with_memory(env, start_response):
    env['swift.cache'] = memory
    return proxy(env, start_response)


apps['proxy'] = with_memory

for kind in kinds:
    eventlet.spawn(wsgi.server, sockets[kind], apps[kind], Quiet(), log_output=False)
print(ports['proxy'], flush=True)
wsgi.server(sockets['proxy'], apps['proxy'], Quiet(), log_output=False)
