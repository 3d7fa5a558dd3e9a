# What must be left of the first boot.
test -e /etc/NIXOS
test ! -e /nix-path-registration
test "$(readlink -f /nix/var/nix/profiles/system)" = @toplevel@
nix-store --verify

# The profile must hold all of the store, or a garbage collection would take the system away.
registered=$(nix-store --query --requisites /nix/var/nix/profiles/system | wc -l)
test "$registered" = "$(ls /nix/store | wc -l)"
test "$(nix-store --gc --print-dead | wc -l)" = 0
echo "boot-test: the profile holds $registered store paths, all of the store"
df -k / | awk 'NR == 2 { print "boot-test: the root filesystem has " $2 " KiB, " $4 " KiB free" }'
