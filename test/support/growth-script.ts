/**
 * What a device does with its card, as a shell script: mounts the filesystem, grows it online to the size of the device, fills directories
 * and files that reach the new groups, and reads them back after a remount. Called with the device. Ends with a status other than 0 if
 * anything fails; the filesystem is unmounted in any case.
 */
export const GROWTH_SCRIPT = `
set -eu
device=$1
mounted=/tmp/mounted
numbers=/tmp/numbers
large=/tmp/large
sums=/tmp/sums
checks=/tmp/checks
mkdir -p "$mounted"

step() {
  echo "+ $*"
  "$@"
}

# What files are filled with, and what they are compared with after; once for all disks.
make_contents() {
  seq 1 15000 > "$numbers"
  cat $(seq 1 450 | sed "s|.*|$numbers|") > "$large"
  seq 1 300 | sed "s|.*|$(sum_of "$numbers")  grown&/numbers|" > "$sums"
  echo "$(sum_of "$large")  grown1/large" >> "$sums"
}

sum_of() {
  md5sum < "$1" | cut -d ' ' -f 1
}

# The kernel spreads directories of the root over the groups, so that files land in groups that were not there before.
write_files() {
  (
    cd "$mounted"
    mkdir $(seq 1 300 | sed 's/^/grown/')
    tee $(seq 1 300 | sed 's/.*/grown&\\/numbers/') < "$numbers" > /dev/null
    cp "$large" grown1/large
    ln -s "$(seq -s - 1 30)" grown2/link
  )
}

read_files() {
  (cd "$mounted" && md5sum -c "$sums" > "$checks") || fgrep -v ': OK' "$checks"
  [ "$(fgrep -c ': OK' "$checks")" = 301 ]
  [ "$(readlink "$mounted/grown2/link")" = "$(seq -s - 1 30)" ]
}

[ -e "$sums" ] || step make_contents
step mount -t ext4 "$device" "$mounted"
trap 'umount "$mounted"' EXIT
step resize2fs "$device"
step write_files
step sync
step umount "$mounted"
trap - EXIT
step mount -t ext4 "$device" "$mounted"
trap 'umount "$mounted"' EXIT
step read_files
`;
