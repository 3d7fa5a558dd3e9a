#!/usr/bin/env bash
# The recipe in use today: what nixos/lib/make-ext4-fs.nix of nixpkgs does with compressImage, command by command.
#
#   recipe.sh WORK CLOSURE    CLOSURE holds the files "store-paths" and "registration"
#
# Leaves the compressed image in WORK/result.
set -euo pipefail
. "$(dirname "$0")/steps.sh"
work=$1 closure=$2
cd "$work"
image=temp.img

step 'Stage'
mkdir -p rootImage/nix/store
xargs -I % cp -a --reflink=auto % -t rootImage/nix/store/ < "$closure/store-paths"
cp "$closure/registration" rootImage/nix-path-registration

step 'Guess the size'
inodes=$(find rootImage | wc -l)
blocks=$(du -s -c -B 4096 --apparent-size rootImage | tail -1 | awk '{ print int($1 * 1.20) }')
bytes=$((2 * 4096 * inodes + 4096 * blocks))
mebibyte=$((1024 * 1024))
if ((bytes % mebibyte)); then bytes=$(((bytes / mebibyte + 1) * mebibyte)); fi
truncate -s "$bytes" "$image"

step 'mkfs.ext4 -d'
faketime -f '1970-01-01 00:00:01' \
  fakeroot mkfs.ext4 -L NIXOS_SD -U 44444444-4444-4444-8888-888888888888 -d rootImage "$image"

step 'fsck'
export EXT2FS_NO_MTAB_OK=yes
fsck.ext4 -n -f "$image"

step 'resize2fs -M'
resize2fs -M "$image"
# With 16*2**20 written so that any awk reads it.
blocks=$(dumpe2fs -h "$image" | awk -F: \
  '/Block count/{count=$2} /Block size/{size=$2} END{print (count*size+16*1024*1024)/size}')
resize2fs "$image" "$blocks"

step 'zstd -T0'
zstd -T0 -v --no-progress "$image" -o result
