#!/usr/bin/env bash
# tar of all store paths, compressed with zstd on all cores. Leaves WORK/result.
#
#   tar-zstd.sh WORK CLOSURE    CLOSURE holds the file "store-paths"
set -euo pipefail
tar --create --absolute-names --file - --files-from "$2/store-paths" | zstd -3 -T0 -q -o "$1/result"
