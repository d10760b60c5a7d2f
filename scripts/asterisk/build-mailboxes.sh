#!/bin/sh
# Debian leaves out the modules behind ARI's mailboxes, because Asterisk's build offers them only in
# place of app_voicemail. This compiles the three out of the package's own source, against the
# headers of the installed package. Runs as root in a Debian that has the package asterisk, and puts
# the modules into the folder that is its argument.
set -eu

target=$1
export DEBIAN_FRONTEND=noninteractive

enable_sources() {
  if [ -f /etc/apt/sources.list ]; then
    sed -n 's/^deb /deb-src /p' /etc/apt/sources.list > /etc/apt/sources.list.d/testbed.list
  fi
  for file in /etc/apt/sources.list.d/*.sources; do
    if [ -f "$file" ]; then sed -i 's/^Types: deb$/Types: deb deb-src/' "$file"; fi
  done
  # The archive of an old suite is not signed anew.
  apt-get -o Acquire::Check-Valid-Until=false update
}

fetch_source() {
  version=$(dpkg-query --show --showformat '${Version}' asterisk)
  apt-get install --yes --no-install-recommends gcc libc6-dev dpkg-dev xz-utils bzip2 "asterisk-dev=$version"
  mkdir /tmp/mailboxes
  cd /tmp/mailboxes
  # As root, because apt's own user may not write here.
  apt-get -o APT::Sandbox::User=root source --download-only "asterisk=$version"
  tar --strip-components=1 -xf asterisk_*.orig.tar.*
}

compile() {
  module=$1
  shift
  gcc -shared -fPIC -O2 -w -D_GNU_SOURCE \
    "-DAST_MODULE=\"$module\"" "-DAST_MODULE_SELF_SYM=__internal_${module}_self" \
    -I. -Ires -o "$target/$module.so" "$@"
}

mkdir -p "$target"
enable_sources
fetch_source
compile res_mwi_external res/res_mwi_external.c
compile res_stasis_mailbox res/res_stasis_mailbox.c
compile res_ari_mailboxes res/res_ari_mailboxes.c res/ari/resource_mailboxes.c
