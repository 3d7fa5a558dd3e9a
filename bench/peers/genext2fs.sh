#!/usr/bin/env bash
# genext2fs, of a directory that is staged already and with sizes that are guessed already: ext2, so without a journal and extents.
# Leaves WORK/result.
#
#   genext2fs.sh WORK STAGED    STAGED is what stage.sh left
set -euo pipefail
# The twelve reserved inodes come on top.
inodes=$(($(cat "$2/inodes") + 12))
exec genext2fs -B 4096 -b $(($(cat "$2/bytes") / 4096)) -N "$inodes" -L NIXOS_SD -d "$2/rootImage" "$1/result"
