#!/usr/bin/env bash
# Debian packages that a full test run talks to. Tests whose package is absent are skipped by name and with the reason, so
# a failure in here is told and not fatal.
set -euo pipefail

packages=(
  kannel                # bearerbox: an independent ESME, and the peer of the benchmarks
  kannel-extras         # test_cimd2, drive_smpp: independent SMSCs of CIMD2 and SMPP
  tshark                # reads our PDUs with other eyes
  libnet-smpp-perl      # an independent SMPP codec
  socat                 # pseudo-terminals for the pretend modem
  gammu                 # clients of GSM modems that nobody here wrote
  gnokii
  smstools
  python3-gammu         # an independent decoder of TPDUs
  chromium              # the browser of the tests of the app
  postgresql            # a real server beside the embedded one, and pgbench
  faketime              # a clock that can be moved under a process
  patroni               # with etcd: a cluster whose primary can die
  etcd-server
)

if ! command -v apt-get > /dev/null; then
  echo "ci-deps: no apt-get here; the tests that need ${packages[*]} will be skipped."
  exit 0
fi

missing=()
for package in "${packages[@]}"; do
  if ! dpkg-query --show --showformat='${db:Status-Status}' "$package" 2> /dev/null | grep -qx installed; then
    missing+=("$package")
  fi
done
if [ "${#missing[@]}" -eq 0 ]; then exit 0; fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then as_root=(sudo --non-interactive); fi

# Installing must start no daemon meanwhile: the tests start their own, on ports of their own.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap '"${as_root[@]}" rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" > /dev/null || true
  "${as_root[@]}" chmod +x "$policy" || true
fi

export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq || echo 'ci-deps: apt-get update failed; trying with the lists at hand.'
for package in "${missing[@]}"; do
  "${as_root[@]}" apt-get install -y -qq --no-install-recommends "$package" > /dev/null ||
    echo "ci-deps: $package could not be installed; the tests that need it will be skipped."
done
