# The initial RAM disk: busybox, the kernel's modules, and the script that mounts the root.
mkdir -p root/bin root/dev root/proc root/sys root/root
cp "$programs/bin/busybox" root/bin/
for name in sh cat findfs insmod mkdir mount sleep switch_root; do ln -s busybox root/bin/$name; done
cp -R "$modules/lib" root/lib
cp "$init" root/init
chmod -R u+w,a+rX root
chmod 755 root/init
find root -exec touch --no-dereference --date=@1 {} +
mkdir "$out"
cd root
find . | sort | cpio --quiet --create --format=newc --owner=0:0 --reproducible | gzip -9n > "$out/initrd"
