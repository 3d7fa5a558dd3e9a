import { buildPaths, type Recipe } from '../../support/nix-store.ts';

/** How a system for a test differs from one that nixpkgs builds. */
export interface SystemOptions {
  /** Shell commands that change the top level, `$out`; `$kernel`, `$initrd` and `$installer` are set. */
  readonly more?: string;
  /** The contents of `boot.json`, with shell variables; there is no such file by default. */
  readonly bootspec?: string;
  /** Arguments of the builder of the boot loader's configuration. */
  readonly loader?: string;
  /** Further store paths: their names are those of variables in `more`, with `_` for other characters. */
  readonly others?: Readonly<Record<string, Recipe>>;
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

/** Builds store paths in the form of `config.system.build.toplevel` and what it refers to. */
export function buildSystem(options: SystemOptions = {}): {
  readonly toplevel: string;
  readonly paths: Record<string, string>;
} {
  const { more = ':', bootspec, loader = '-g 20 -t 5', others = {} } = options;
  const variables = Object.fromEntries(Object.keys(others).map((name) => [name.replace(/\W/g, '_'), name]));
  const writeBootspec = bootspec === undefined ? ':' : `cat > $out/boot.json <<END\n${bootspec}\nEND`;
  const paths = buildPaths({
    ...PARTS,
    ...others,
    'extlinux-conf-builder.sh': { script: 'echo "#!/bin/sh" > $out' },
    'install-extlinux-conf.sh': {
      uses: { writer: 'extlinux-conf-builder.sh' },
      script: `printf '#!/bin/sh\\nset -e\\n%s %s -d %s -c "$@"\\n' $writer '${loader}' "'/boot'" > $out`,
    },
    'nixos-system-test-25.11': {
      uses: {
        kernel: 'linux-6.12.1',
        initrd: 'initrd-linux-6.12.1',
        installer: 'install-extlinux-conf.sh',
        ...variables,
      },
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
