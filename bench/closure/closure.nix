# One derivation for each Debian package, unpacked, with references to the packages that it depends on, and one ("system") that
# refers to all of them and, as a NixOS system does, links their programs into one directory.
#
# packages: JSON file, a list of { name, storeName, archive, sha256, references }; references are names of packages in the list.
# The archives are read where they lie, not copied into the store first, and checked against the hash that apt's index gives.
{ packages }:
let
  system = builtins.currentSystem;
  path = "/usr/bin:/bin";
  list = builtins.fromJSON (builtins.readFile packages);

  unpacked = builtins.listToAttrs (map (package: { name = package.name; value = unpack package; }) list);

  unpack = package: derivation {
    name = package.storeName;
    inherit system;
    inherit (package) archive sha256;
    references = map (name: unpacked.${name}) package.references;
    PATH = path;
    builder = "/bin/sh";
    args = [ "-euc" ''
      printf '%s  %s\n' "$sha256" "$archive" | sha256sum --check --quiet
      mkdir -p "$out/nix-support"
      # Not dpkg-deb --extract, which sets the setuid bits that Nix forbids.
      dpkg-deb --fsys-tarfile "$archive" | tar --extract --no-same-owner --no-same-permissions --directory "$out"
      printf '%s\n' $references > "$out/nix-support/propagated-build-inputs"
      : # Nix kills a builder whose last program takes the place of the shell, and closes its output before it ends.
    '' ];
  };
in
derivation {
  name = "system";
  inherit system;
  packages = map (package: unpacked.${package.name}) list;
  PATH = path;
  builder = "/bin/sh";
  args = [ "-euc" ''
    mkdir -p "$out/sw/bin" "$out/nix-support"
    printf '%s\n' $packages > "$out/nix-support/propagated-build-inputs"
    for package in $packages; do
      for directory in usr/bin bin usr/sbin sbin; do
        if [ -d "$package/$directory" ]; then
          find "$package/$directory" -mindepth 1 -maxdepth 1 ! -type d -exec ln -sf -t "$out/sw/bin" {} +
        fi
      done
    done
    : # Nix kills a builder whose last program takes the place of the shell, and closes its output before it ends.
  '' ];
}
