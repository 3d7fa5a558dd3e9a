import { buildPaths, type Recipe } from '../../support/nix-store.ts';

/** What a system made for a test has in common with those that nixpkgs builds, and what sets it apart. */
export interface SystemOptions {
  /** Shell commands that go on in the top level, `$out`; `$kernel`, `$initrd` and `$installer` are there. */
  readonly more?: string;
  /** What `boot.json` is, as a shell word between quotes; none is written if left out. */
  readonly bootspec?: string;
  /** Arguments of the boot loader's builder. */
  readonly loader?: string;
}

const PARTS: Readonly<Record<string, Recipe>> = {
  'linux-6.12.1': {
    script: `mkdir -p $out/dtbs/broadcom $out/dtbs/rockchip $out/lib/modules
      printf kernel > $out/Image
      printf tree > $out/dtbs/broadcom/bcm2711-rpi-4-b.dtb
      printf other > $out/dtbs/rockchip/rk3399.dtb; ln -s rk3399.dtb $out/dtbs/rockchip/link.dtb`,
  },
  'initrd-linux-6.12.1': { script: 'mkdir $out; head -c 5000 /dev/zero > $out/initrd' },
};

/** The boot specification that nixpkgs writes. */
export const BOOTSPEC = `{
  "org.nixos.bootspec.v1": {
    "init": "$out/init", "initrd": "$initrd/initrd", "initrdSecrets": "$out/append-initrd-secrets",
    "kernel": "$kernel/Image", "kernelParams": ["console=ttyAMA0", "loglevel=4"],
    "label": "NixOS 25.11 (Linux 6.12.1)", "system": "aarch64-linux", "toplevel": "$out"
  },
  "org.nixos.specialisation.v1": { "two": {}, "one": {} },
  "org.nixos.systemd-boot": { "sortKey": "nixos" }
}`;

/** Builds store paths in the shape of `config.system.build.toplevel` and what it leads to. */
export function buildSystem(options: SystemOptions = {}): {
  readonly toplevel: string;
  readonly paths: Record<string, string>;
} {
  const { more = ':', bootspec, loader = '-g 20 -t 5' } = options;
  const writeBootspec = bootspec === undefined ? ':' : `cat > $out/boot.json <<END\n${bootspec}\nEND`;
  const paths = buildPaths({
    ...PARTS,
    'extlinux-conf-builder.sh': { script: 'echo "#!/bin/sh" > $out' },
    'install-extlinux-conf.sh': {
      uses: { writer: 'extlinux-conf-builder.sh' },
      script: `printf '#!/bin/sh\\nset -e\\n%s %s -d %s -c "$@"\\n' $writer '${loader}' "'/boot'" > $out`,
    },
    'nixos-system-test-25.11': {
      uses: { kernel: 'linux-6.12.1', initrd: 'initrd-linux-6.12.1', installer: 'install-extlinux-conf.sh' },
      script: `mkdir -p $out/bin $out/specialisation
        ln -s $kernel/Image $out/kernel; ln -s $initrd/initrd $out/initrd; ln -s $kernel/dtbs $out/dtbs
        printf '#!/bin/sh' > $out/init; printf 'console=ttyAMA0 loglevel=4' > $out/kernel-params
        printf aarch64-linux > $out/system; printf 25.11 > $out/nixos-version
        printf "#! /bin/sh -e\\nexport INSTALL_BOOTLOADER='%s'\\n" $installer > $out/bin/switch-to-configuration
        ${writeBootspec}
        ${more}`,
    },
  });
  return { toplevel: paths['nixos-system-test-25.11'], paths };
}
