#!/usr/bin/env bash
# mke2fs -d alone, of a directory that is staged already and with a size that is guessed already. Leaves WORK/result.
#
#   mke2fs.sh WORK STAGED    STAGED is what stage.sh left
set -euo pipefail
truncate -s "$(cat "$2/bytes")" "$1/result"
exec mkfs.ext4 -q -L NIXOS_SD -U 44444444-4444-4444-8888-888888888888 -d "$2/rootImage" "$1/result"
