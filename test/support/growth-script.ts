/**
 * What a device does with its card, as a shell script: mounts the filesystem, grows it online to the size of the device, fills directories
 * and files that reach the new groups, and reads them back after a remount. Called with the device and a directory for its own use, which
 * holds an empty directory "mounted". Ends with a status other than 0 if anything fails; the filesystem is unmounted in any case.
 */
export const GROWTH_SCRIPT = `
set -eu
device=$1
mounted=$2/mounted
numbers=$2/numbers
sums=$2/sums

step() {
  echo "+ $*"
  "$@"
}

# The kernel spreads directories of the root over the groups, so that files land in groups that were not there before. Few processes: each
# one is slow under user-mode Linux.
write_files() {
  seq 1 15000 > "$numbers"
  (
    cd "$mounted"
    set -- $(seq -f "grown%g" 1 300)
    mkdir "$@"
    set -- $(seq -f "grown%g/numbers" 1 300)
    tee "$@" < "$numbers" > /dev/null
    dd if=/dev/zero of=grown1/large bs=1M count=40 status=none
    ln -s "$(seq -s - 1 30)" grown2/link
    sha256sum grown1/large "$@" > "$sums"
  )
}

read_files() {
  (cd "$mounted" && sha256sum --check --quiet "$sums")
}

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

/** What user-mode Linux starts as its first process: runs the script on its disk, leaves its log, status and kernel log, and stops. */
export function growthInit(directory: string): string {
  return `#!/bin/sh
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
mount -t proc proc /proc
mount -t devtmpfs dev /dev 2> /dev/null
sh '${directory}/grow.sh' /dev/ubda '${directory}' > '${directory}/log' 2>&1
echo $? > '${directory}/status'
dmesg > '${directory}/kernel-log'
echo o > /proc/sysrq-trigger
sleep 60
`;
}
