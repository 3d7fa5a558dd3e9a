# What NixOS does at the first boot of an SD card, command for command (nixpkgs, nixos/modules/installer/sd-card/sd-image.nix).
# Variables are not quoted there: lsblk puts spaces after what it prints.
rootPart=$(findmnt -n -o SOURCE /)
bootDevice=$(lsblk -npo PKNAME $rootPart)
partNum=$(lsblk -npo MAJ:MIN $rootPart | awk -F: '{print $2}')
echo ",+," | sfdisk -N$partNum --no-reread $bootDevice
partprobe
resize2fs $rootPart

nix-store --load-db < /nix-path-registration
touch /etc/NIXOS
nix-env -p /nix/var/nix/profiles/system --set /run/current-system
rm -f /nix-path-registration

# Whether all that is registered is there, bit by bit.
nix-store --verify --check-contents
df -k / | awk 'NR == 2 { print "boot-test: the root filesystem has " $2 " KiB, " $4 " KiB free" }'
