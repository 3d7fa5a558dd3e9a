#!/bin/bash
# Runs a command where /nix is an empty store, and programs are others than those of this machine.
#
#   unshare --mount bash namespace.sh STORE PROGRAMS COMMAND...
#
#   STORE      the directory that becomes /nix
#   PROGRAMS   a directory of programs: each takes the place of the one that PATH has by its name
set -euo pipefail
store=$1 programs=$2
shift 2

# A filesystem that another process has mounted for a moment would stay in use as long as this namespace exists.
findmnt --raw --noheadings --output TARGET,SOURCE | while read -r target source; do
  case $source in /dev/loop*) umount --lazy "$target" ;; esac
done

# One of each, not a second one in front of PATH: a test that hides a program must find no other.
mount --bind "$store" /nix
for program in "$programs"/*; do
  found=$(type -P "${program##*/}") || continue
  mount --bind "$program" "$found"
  mount --bind /dev/null "$program"
done
export PATH=$PATH:$programs
nix-store --init
exec "$@"
