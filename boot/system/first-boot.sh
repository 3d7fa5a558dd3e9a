# What NixOS does at the first boot of an SD card, command for command (nixpkgs, nixos/modules/installer/sd-card/sd-image.nix).
# Variables are not quoted there: lsblk puts spaces after what it prints.
rootPart=$(findmnt -n -o SOURCE /)
bootDevice=$(lsblk -npo PKNAME $rootPart)
partNum=$(lsblk -npo MAJ:MIN $rootPart | awk -F: '{print $2}')
echo ",+," | sfdisk -N$partNum --no-reread $bootDevice
partprobe
resize2fs $rootPart

# With the input nix-database the image has all that these two commands make: nothing is loaded, and the profile that is there
# must hold the whole store, and stay at its generation.
if [ -e /nix/var/nix/db/db.sqlite ]; then
  test "$(nix-store --query --requisites /nix/var/nix/profiles/system | wc -l)" = "$(ls /nix/store | wc -l)"
  nix-store --query --references @toplevel@ | grep -c .
  nix-store --gc
  nix-env -p /nix/var/nix/profiles/system --set @toplevel@
  test "$(readlink /nix/var/nix/profiles/system)" = system-1-link
  echo 'boot-test: the database of the image is used'
else
  nix-store --load-db < /nix-path-registration
  nix-env -p /nix/var/nix/profiles/system --set /run/current-system
fi
touch /etc/NIXOS
rm -f /nix-path-registration

# Whether all that is registered is there, bit by bit.
nix-store --verify --check-contents
df -k / | awk 'NR == 2 { print "boot-test: the root filesystem has " $2 " KiB, " $4 " KiB free" }'
