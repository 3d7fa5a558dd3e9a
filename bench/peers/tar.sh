#!/usr/bin/env bash
# tar of all store paths: the least that any tool must do, which is to read the closure and to write it. Leaves WORK/result.
#
#   tar.sh WORK CLOSURE    CLOSURE holds the file "store-paths"
set -euo pipefail
exec tar --create --absolute-names --file "$1/result" --files-from "$2/store-paths"
