#!/usr/bin/env bash
# Debian packages that a full test run talks to. Tests whose package is absent are skipped by name and with the reason, so
# a failure in here is told and not fatal.
set -euo pipefail

packages=(
  kannel                # bearerbox: an independent ESME, and the peer of the benchmarks
  tshark                # reads our PDUs with other eyes
  libnet-smpp-perl      # an independent SMPP codec
  postgresql            # a real server beside the embedded one
  postgresql-contrib    # pgbench
)

if ! command -v apt-get > /dev/null; then
  echo "ci-deps: no apt-get here; tests that need ${packages[*]} will be skipped."
  exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then as_root=(sudo --non-interactive); fi
export DEBIAN_FRONTEND=noninteractive

# Installing must start no daemon: the tests start their own, on ports of their own.
if [ ! -e /usr/sbin/policy-rc.d ]; then
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee /usr/sbin/policy-rc.d > /dev/null || true
  "${as_root[@]}" chmod +x /usr/sbin/policy-rc.d || true
fi

"${as_root[@]}" apt-get update -qq || echo 'ci-deps: apt-get update failed; trying with the lists at hand.'
for package in "${packages[@]}"; do
  "${as_root[@]}" apt-get install -y -qq --no-install-recommends "$package" > /dev/null ||
    echo "ci-deps: $package could not be installed; the tests that need it will be skipped."
done
