#!/usr/bin/env bash
# Stages a closure as the recipe in use today does, for the peers that start from a directory; not timed.
#
#   stage.sh DIRECTORY CLOSURE    CLOSURE holds the files "store-paths" and "registration"
#
# Leaves DIRECTORY/rootImage, and the recipe's guesses in DIRECTORY/inodes and DIRECTORY/bytes.
set -euo pipefail
directory=$1 closure=$2
cd "$directory"
mkdir -p rootImage/nix/store
xargs -I % cp -a --reflink=auto % -t rootImage/nix/store/ < "$closure/store-paths"
cp "$closure/registration" rootImage/nix-path-registration
find rootImage | wc -l > inodes
blocks=$(du -s -c -B 4096 --apparent-size rootImage | tail -1 | awk '{ print int($1 * 1.20) }')
mebibyte=$((1024 * 1024))
echo $(((2 * 4096 * $(cat inodes) + 4096 * blocks + mebibyte - 1) / mebibyte * mebibyte)) > bytes
