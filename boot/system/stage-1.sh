#!/bin/sh
# The first program of the initial RAM disk: mounts the root by its label, and hands over to the system that the kernel's
# parameters name, as stage 1 of NixOS does and in its words. If it fails, the kernel panics, and the emulator ends.
set -eu
export PATH=/bin
echo '<<< NixOS Stage 1 >>>'
mount -t devtmpfs dev /dev
mount -t proc proc /proc
mount -t sysfs sys /sys
for module in /lib/modules/*.ko; do insmod "$module"; done

for word in $(cat /proc/cmdline); do
  case $word in init=*) init=${word#init=} ;; esac
done
attempt=0
until device=$(findfs LABEL=NIXOS_SD); do
  attempt=$((attempt + 1))
  if [ $attempt -eq 50 ]; then
    echo 'Timed out waiting for device /dev/disk/by-label/NIXOS_SD, trying to mount anyway.'
    exit 1
  fi
  sleep 0.2
done
echo "boot-test: stage 1 mounts $device and starts $init"
mount -t ext4 "$device" /root
mkdir -p /root/dev /root/proc /root/sys
for directory in dev proc sys; do mount --move /$directory /root/$directory; done
exec switch_root /root "$init"
