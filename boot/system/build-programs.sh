# Unpacks the packages into one store path, with Debian's /usr for its top: $out/bin, $out/sbin, $out/lib.
printf '%s\n' "$checksums" | sha256sum --check --quiet
mkdir root
for archive in $archives; do
  # Not dpkg-deb --extract, which sets the setuid bits that Nix forbids.
  dpkg-deb --fsys-tarfile "$archive" |
    tar --extract --no-same-owner --no-same-permissions --exclude './usr/share/*' --directory root
done
# Debian 12 has programs outside of /usr as well, Debian 13 has not.
for directory in bin sbin lib; do
  [ ! -d root/$directory ] || [ -L root/$directory ] || cp --recursive --no-dereference root/$directory/. root/usr/$directory/
done
rm -rf root/usr/share root/usr/lib/modules
mkdir "$out"
mv root/usr/bin root/usr/sbin root/usr/lib "$out"
