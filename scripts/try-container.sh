#!/bin/sh
# Builds the image of the Containerfile without a daemon and without a registry, and runs it: npm run test:container.
# Needs root, buildah and mmdebstrap; where they are missing it says so and skips. Where node:20-bookworm-slim cannot be pulled, a stand-in
# of that name is made: Debian bookworm with the Node, npm and headers of this machine, and the certificates that this machine trusts.
set -eu
cd "$(dirname "$0")/.."

for program in buildah mmdebstrap; do
  command -v "$program" >/dev/null || { echo "skipped: no $program here (apt-get install -y buildah mmdebstrap)"; exit 0; }
done
[ "$(id -u)" = 0 ] || { echo "skipped: only root can build without a daemon here"; exit 0; }

base=docker.io/library/node:20-bookworm-slim
scratch=$(mktemp -d /var/tmp/matchbook-container.XXXXXX)
# A storage of its own: no image of the machine is used, changed or left behind.
box() { command=$1; shift; buildah --root "$scratch/storage" --runroot "$scratch/run" --storage-driver vfs "$command" "$@"; }
cleanup() {
  box rm --all >/dev/null 2>&1 || true
  rm -rf "$scratch"
}
trap cleanup EXIT

if ! timeout 60 buildah --root "$scratch/storage" --runroot "$scratch/run" --storage-driver vfs pull -q "$base" 2>/dev/null; then
  echo "== $base cannot be pulled: a stand-in is made"
  prefix=$(dirname "$(dirname "$(node -p process.execPath)")")
  mmdebstrap --variant=minbase --include=ca-certificates bookworm "$scratch/base.tar" >"$scratch/base.log" 2>&1 || {
    cat "$scratch/base.log"
    exit 1
  }
  mkdir -p "$scratch/node/usr/local/bin" "$scratch/node/usr/local/lib/node_modules" "$scratch/node/usr/local/include"
  cp "$(node -p process.execPath)" "$scratch/node/usr/local/bin/node"
  cp -a "$prefix/lib/node_modules/npm" "$scratch/node/usr/local/lib/node_modules/"
  cp -a "$prefix/include/node" "$scratch/node/usr/local/include/"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$scratch/node/usr/local/bin/npm"
  ln -s ../lib/node_modules/npm/bin/npx-cli.js "$scratch/node/usr/local/bin/npx"
  mkdir "$scratch/node/etc"
  cp /etc/ssl/certs/ca-certificates.crt "$scratch/node/etc/certificates-of-the-builder.crt"
  container=$(box from scratch)
  box add -q "$container" "$scratch/base.tar" /
  box add -q "$container" "$scratch/node" /
  # Headers are at hand, so that native parts build where nodejs.org cannot be reached.
  box config --cmd node --env npm_config_nodedir=/usr/local \
    --env NODE_EXTRA_CA_CERTS=/etc/certificates-of-the-builder.crt "$container"
  box commit -q "$container" "$base"
  box rm "$container" >/dev/null
fi

echo "== build"
box build --isolation chroot --pull=never --format docker --tag matchbook-try --file Containerfile .

container=$(box from --pull=never matchbook-try)
in_image() { box run --isolation chroot "$container" -- "$@"; }

echo "== matchbook --version, as user 10001"
in_image matchbook --version
[ "$(in_image id -u)" = 10001 ]
echo "== a workspace on the volume, its doctor and its first run"
in_image matchbook init . --name Container --no-input
in_image matchbook doctor
echo "== a whole night"
in_image matchbook demo /tmp/demo --no-input
echo "== the schedule starts without a command, and ends when it is told"
[ "$(box inspect --type image --format '{{.Docker.Config.Entrypoint}} {{.Docker.Config.Cmd}}' matchbook-try)" = '[matchbook] [schedule start]' ]
in_image timeout --signal TERM 10 matchbook schedule start || [ $? = 124 ]
echo "the image works"
