#!/bin/busybox sh
# The first program of the system that the tests of the boot test boot: mounts and grows its root, a whole disk, and offers a login that
# takes any name. The parameter tiny.mode=panic ends it before that, tiny.mode=hang hides the login.
set -eu
export PATH=/bin LC_ALL=C
/bin/busybox mkdir -p /proc /sys /dev /mnt
/bin/busybox mount -t proc proc /proc
/bin/busybox --install -s /bin
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
echo '<<< NixOS Stage 1 >>>'
grep -q tiny.mode=panic /proc/cmdline && exit 1

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
until [ -b /dev/vda ]; do sleep 0.1; done
mount -t ext4 /dev/vda /mnt
resize2fs /dev/vda
echo x >> /mnt/boots
echo "this is boot $(wc -l < /mnt/boots)"
if grep -q tiny.mode=hang /proc/cmdline; then
  echo waiting
  sleep 100000
fi
printf 'tiny login: '
read -r name
echo "welcome $name"
exec setsid cttyhack sh -i
