# The kernel, and of its modules those that are wanted, numbered in the order in which they must be loaded.
printf '%s\n' "$checksums" | sha256sum --check --quiet
mkdir root
dpkg-deb --fsys-tarfile "$archive" | tar --extract --no-same-owner --no-same-permissions --directory root
[ -e root/lib ] || ln -s usr/lib root/lib

mkdir "$out"
cp root/boot/vmlinuz-* "$out/Image"

version=$(ls root/lib/modules)
depmod --basedir root "$version"
mkdir -p "$modules/lib/modules"
# Not with the settings of this machine.
# shellcheck disable=SC2086 # names, split on purpose
modprobe --config /dev/null --dirname root --set-version "$version" --show-depends --all $wanted > needed
number=100
sed -n 's/^insmod \([^ ]*\).*/\1/p' needed | awk '!seen[$0]++' | while read -r module; do
  name=$(basename "${module%%.ko*}")
  case $module in
    *.ko) cp "$module" "$modules/lib/modules/$number-$name.ko" ;;
    *.ko.xz) xz --decompress --stdout "$module" > "$modules/lib/modules/$number-$name.ko" ;;
    *) echo "$module is compressed in an unknown way" >&2 && exit 1 ;;
  esac
  number=$((number + 1))
done
