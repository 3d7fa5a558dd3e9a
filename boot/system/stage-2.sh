#!@toplevel@/sw/bin/sh
# The first program of the system: what stage 2 of NixOS does that its first boot needs, then the test of this boot, then off.
export PATH=@toplevel@/sw/bin HOME=/root
mkdir -p /bin /etc/nix /root /run /tmp
ln -sfn @toplevel@/sw/bin/sh /bin/sh
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /tmp
ln -sfn @toplevel@ /run/current-system
echo 'root:x:0:0:root:/root:/bin/sh' > /etc/passwd
echo 'root:x:0:' > /etc/group
# No build users, and nothing to ask on a network.
printf '%s\n' 'sandbox = false' 'build-users-group =' 'substituters =' > /etc/nix/nix.conf

# Who loaded the kernel. Variables of EFI begin with four bytes of attributes, and are UTF-16.
variable() {
  tail -c +5 "/sys/firmware/efi/efivars/$1-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f" | tr -d '\0'
}
if [ -d /sys/firmware/efi ]; then
  mount -t efivarfs efivarfs /sys/firmware/efi/efivars
  echo "boot-test: by EFI, with $(variable LoaderInfo), from $(variable LoaderEntrySelected)"
else
  echo 'boot-test: without EFI'
fi

which=later
[ ! -f /nix-path-registration ] || which=first
result=failed
sh -eux -o pipefail @toplevel@/boot-test/$which-boot && result=succeeded
# All must be on the card before it is said to be.
sync
mount -o remount,ro / || result=failed
echo "boot-test: $which boot $result"
# In the words of systemd, for the action boot-test.
[ $result = failed ] || echo '[  OK  ] Reached target Multi-User System.'
poweroff -f
