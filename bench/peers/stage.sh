#!/usr/bin/env bash
# Stages a closure as the recipe in use today does, for the peers that start from a folder; not timed.
#
#   stage.sh FOLDER CLOSURE    CLOSURE holds the files "store-paths" and "registration"
#
# Leaves FOLDER/rootImage, and the recipe's guesses in FOLDER/inodes and FOLDER/bytes.
set -euo pipefail
folder=$1 closure=$2
cd "$folder"
mkdir -p rootImage/nix/store
xargs -I % cp -a --reflink=auto % -t rootImage/nix/store/ < "$closure/store-paths"
cp "$closure/registration" rootImage/nix-path-registration
find rootImage | wc -l > inodes
blocks=$(du -s -c -B 4096 --apparent-size rootImage | tail -1 | awk '{ print int($1 * 1.20) }')
mebibyte=$((1024 * 1024))
echo $(((2 * 4096 * $(cat inodes) + 4096 * blocks + mebibyte - 1) / mebibyte * mebibyte)) > bytes
