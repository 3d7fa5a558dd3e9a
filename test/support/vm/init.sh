#!/bin/busybox sh
# The first program of the virtual machine: loads the kernel's modules, runs a script on each disk, writes the results to the last disk,
# and turns the machine off. If it fails, the kernel panics, and the emulator ends. It has no deadlines: where the emulator is short of
# processor time, the clock in here is wrong.
set -eu
export PATH=/bin LC_ALL=C
/bin/busybox mkdir -p /proc /sys /dev /tmp /results
/bin/busybox mount -t proc proc /proc
/bin/busybox --install -s /bin
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
# Sets disks and results, names of devices.
# shellcheck source=/dev/null
. /machine

# A module may depend on another: repeat until none more can be loaded.
loaded=true
while $loaded; do
  loaded=false
  for module in /modules/*.ko; do
    if insmod "$module" 2> /dev/null; then
      rm "$module"
      loaded=true
    fi
  done
done
for module in /modules/*.ko; do
  [ ! -e "$module" ] || insmod "$module" || echo "$module was not loaded"
done

# Disks appear late. The serial number of each is the name that it must get.
# shellcheck disable=SC2154 # they are set by /machine
for disk in $disks $results; do
  echo "waiting for $disk"
  until [ -b "/dev/$disk" ] && [ "$(cat "/sys/block/$disk/serial")" = "$disk" ]; do sleep 0.1; done
done

dmesg -c > /dev/null
for disk in $disks; do
  mkdir -p "/results/$disk/files"
  cd "/results/$disk/files"
  echo "== /dev/$disk"
  {
    status=0
    sh /script "/dev/$disk" 2>&1 || status=$?
    echo $status > ../status
  } | tee ../log
  dmesg -c > ../kernel-log
done

# The last file shows that the archive is complete.
cd /results
touch complete
# shellcheck disable=SC2086 # names, split on purpose
tar -c -f "/dev/$results" $disks complete
sync
echo "turning off"
poweroff -f
