# Functions of the builder of image-parts.nix.

# Adds what the commands put into ./firmware and ./files. The store keeps no permissions but the executable bit, so they
# are listed: "MODE PATH", each ended by a null byte.
addFiles() {
  local directory
  for directory in $rootFiles; do
    cp -r --no-preserve=ownership "$directory/." files
  done
  if [ -n "$hasFirmware" ] || [ -n "$(ls -A firmware)" ]; then
    cp -r firmware "$out/firmware"
  fi
  if [ -n "$(ls -A files)" ]; then
    cp -r --no-dereference files "$out/root"
    (cd files && find . -mindepth 1 ! -type l -printf '%m %P\0' | sort -z) > "$out/root-modes"
  fi
}

# Makes the disk that sdImage.postBuildCommands expect, $img, without the contents of its partitions.
makeDisk() {
  img=$PWD/disk.img
  rootStart=$((firmwareOffset + firmwareSize))
  truncate -s "$((rootStart + 64))M" "$img"
  sfdisk --no-reread --no-tell-kernel "$img" > /dev/null <<END
label: dos
label-id: $diskId
start=${firmwareOffset}M, size=${firmwareSize}M, type=b
start=${rootStart}M, type=83, bootable
END
  cp --sparse=always "$img" before.img
  export img
}

# Adds what was written before the first partition, and refuses what was written anywhere else.
addGap() {
  local first=$((firmwareOffset * 1024 * 1024))
  [ "$(stat -c %s "$img")" = "$(stat -c %s before.img)" ] ||
    refuse "changes the size of the image" "Use imageParts.freeSpace for more space in the root filesystem."
  cmp -s <(bytesOf before.img 440 72) <(bytesOf "$img" 440 72) ||
    refuse "changes the partition table" \
      "Use imageParts.partitionTable, or the inputs boot-partition, root-partition and disk-id in imageParts.settings."
  cmp -s --ignore-initial="$first" before.img "$img" ||
    refuse "changes a partition" \
      "Use imageParts.populateFirmwareCommands and imageParts.populateRootCommands for files in the partitions."
  # Bytes 440 to 511 are the table's.
  { bytesOf "$img" 0 440; bytesOf /dev/zero 0 72; bytesOf "$img" 512 "$((first - 512))"; } > gap.img
  trimGap
}

# Sets gapStart, empty without a gap, and writes gap.bin from the first sector that is not zero to the last.
trimGap() {
  local positions last
  gapStart=
  positions=$(cmp -l gap.img <(bytesOf /dev/zero 0 "$(stat -c %s gap.img)") | awk 'NR == 1 { print $1 } END { print $1 }') || true
  if [ -z "$positions" ]; then
    return
  fi
  gapStart=$(((${positions%%[[:space:]]*} - 1) / 512 * 512))
  last=$(((${positions##*[[:space:]]} + 511) / 512 * 512))
  bytesOf gap.img "$gapStart" "$((last - gapStart))" > "$out/gap.bin"
}

# bytesOf FILE OFFSET LENGTH
bytesOf() {
  dd if="$1" bs=1M iflag=skip_bytes,count_bytes,fullblock skip="$2" count="$3" status=none
}

refuse() {
  printf 'error: sdImage.postBuildCommands %s, which an image that is made from its parts cannot have.\n%s\n' "$1" "$2" >&2
  exit 1
}

# Boot files that the commands made are taken as they are: the action reads no boot loader from the system then.
writeSettings() {
  ln -s "$toplevel" "$out/system"
  jq --sort-keys --arg gap "${gapStart:+gap.bin@$gapStart}" --arg loader "$(bootLoader)" '
    { version: 1, inputs: (
        (if $loader == "" then {} else { "boot-loader": $loader } end)
        + .
        + (if $gap == "" then {} else { bootloader: ([$gap] + (.bootloader // [])) } end)
    ) }' "$inputsPath" > "$out/settings.json"
}

bootLoader() {
  if [ -n "$(find files/boot -type f -print -quit 2> /dev/null)" ] || [ -e firmware/nixos ] || [ -e firmware/extlinux ]; then
    echo none
  fi
}
