#!@toplevel@/sw/bin/sh
# The first program of the system: what stage 2 of NixOS does that its first boot needs, then the test of this boot, then off.
export PATH=@toplevel@/sw/bin HOME=/root
mkdir -p /etc/nix /root /run /tmp
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /tmp
ln -sfn @toplevel@ /run/current-system
echo 'root:x:0:0:root:/root:/bin/sh' > /etc/passwd
echo 'root:x:0:' > /etc/group
# No build users, and nothing to ask on a network.
printf '%s\n' 'sandbox = false' 'build-users-group =' 'substituters =' > /etc/nix/nix.conf

which=later
[ ! -f /nix-path-registration ] || which=first
result=failed
sh -eux -o pipefail @toplevel@/boot-test/$which-boot && result=succeeded
# All must be on the card before it is said to be.
sync
mount -o remount,ro / || result=failed
echo "boot-test: $which boot $result"
poweroff -f
