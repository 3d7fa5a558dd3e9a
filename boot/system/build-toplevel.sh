# The top level, with the entries that NixOS gives it.
mkdir -p "$out/bin" "$out/sw/bin" "$out/boot-test"
ln -s "$linux/Image" "$out/kernel"
ln -s "$initrd/initrd" "$out/initrd"
ln -s "$modules" "$out/kernel-modules"
printf '%s' "$parameters" > "$out/kernel-params"
printf '%s' "$bootspec" > "$out/boot.json"
printf '%s' "$platform" > "$out/system"
ln -s "$programs" "$out/systemd"
printf 25.11.boot-test > "$out/nixos-version"
printf '#!/bin/sh\nexport INSTALL_BOOTLOADER=%s\n' "'$installer'" > "$out/bin/switch-to-configuration"

# Not busybox' shell, which takes its own programs before those of PATH.
ln -s "$programs/bin/bash-static" "$out/sw/bin/sh"
ln -s "$programs/bin/busybox" "$out/sw/bin/"
for name in awk cat chmod df dmesg grep ln ls mkdir mount poweroff readlink rm sleep stat sync tail touch tr umount wc; do
  ln -s busybox "$out/sw/bin/$name"
done

# Debian's programs look for their loader and libraries in /lib, which is empty here.
program() {
  name=$1
  {
    printf '#!%s/sw/bin/sh\n' "$out"
    printf 'exec %s/%s --argv0 %s ' "$programs" "$interpreter" "$name"
    printf -- '--library-path %s/%s:%s/lib/nix ' "$programs" "$libraries" "$programs"
    printf '%s "$@"\n' "$2"
  } > "$out/sw/bin/$name"
  chmod +x "$out/sw/bin/$name"
}
for name in findmnt lsblk sfdisk partprobe resize2fs nix-store nix-env; do
  for directory in bin sbin; do
    [ ! -e "$programs/$directory/$name" ] || program $name "$programs/$directory/$name"
  done
  test -x "$out/sw/bin/$name"
done

script() {
  sed "s|@toplevel@|$out|g" "$1" > "$out/$2"
}
script "$init" init
script "$firstBoot" boot-test/first-boot
script "$laterBoot" boot-test/later-boot
chmod +x "$out/init" "$out/bin/switch-to-configuration"
