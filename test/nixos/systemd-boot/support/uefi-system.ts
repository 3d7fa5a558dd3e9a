import { buildPaths, type Recipe } from '../../../support/nix-store.ts';

/** How a UEFI system for a test differs from one that nixpkgs builds. */
export interface UefiSystemOptions {
  /** The text of systemd-boot-builder.py, with nixpkgs' `@name@` where the module fills in settings. */
  readonly builder: string;
  /** Settings that the module fills in, by name. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly platform?: 'aarch64-linux' | 'x86_64-linux' | 'riscv64-linux';
  /** Documents of `boot.json` beside the specification, with shell variables; by default a sort key. */
  readonly extensions?: string;
  /** Fields of the specification after the usual ones, with shell variables and a comma in front. */
  readonly fields?: string;
  readonly kernelParams?: readonly string[];
  readonly specialisations?: readonly string[];
  /** Lines of the script that copies extra files; `$memtest` is a file. */
  readonly extraFiles?: string;
  /** Lines of the installer after its call of the builder. */
  readonly extraInstallCommands?: string;
  /** Directory of this machine with EFI programs for the system's systemd; made-up ones by default. */
  readonly efiPrograms?: string;
  /** Shell commands that change the top level, `$out`. */
  readonly more?: string;
}

/** A system in the form of `config.system.build.toplevel`, in the store of this machine. */
export interface UefiSystem {
  readonly toplevel: string;
  /** Store paths of its parts by name. */
  readonly paths: Readonly<Record<string, string>>;
}

/** The settings of a configuration that sets none. */
const DEFAULTS: Readonly<Record<string, string>> = {
  python3: '/usr',
  efiSysMountPoint: '/boot',
  bootMountPoint: '/boot',
  nixosDir: '/EFI/nixos',
  timeout: '5',
  editor: '1',
  consoleMode: 'keep',
  distroName: 'NixOS',
  configurationLimit: '0',
  rebootForBitlocker: '',
  canTouchEfiVariables: '',
  graceful: '',
  storeDir: '/nix/store',
  bootCountingTries: '3',
  bootCounting: 'False',
};

const ARCHITECTURES = { 'aarch64-linux': 'aa64', 'x86_64-linux': 'x64', 'riscv64-linux': 'riscv64' } as const;

/** Builds store paths in the form of a NixOS system with systemd-boot, and what it refers to. */
export function buildUefiSystem(options: UefiSystemOptions): UefiSystem {
  const { platform = 'aarch64-linux', specialisations = [], more = ':' } = options;
  const paths = buildPaths({
    ...partsOf(options, platform),
    ...Object.fromEntries(
      specialisations.map((name) => [`nixos-system-${name}`, { script: 'mkdir $out; touch $out/init' }]),
    ),
    'nixos-system-uefi-25.11': {
      uses: {
        ...PARTS_OF_TOPLEVEL,
        ...Object.fromEntries(specialisations.map((name) => [name, `nixos-system-${name}`])),
      },
      script: `mkdir -p $out/bin $out/specialisation
        ln -s $kernel/Image $out/kernel; ln -s $initrd/initrd $out/initrd; ln -s $kernel/dtbs $out/dtbs
        ln -s $systemd $out/systemd; printf '#!/bin/sh' > $out/init; printf ${platform} > $out/system
        ${specialisations.map((name) => `ln -s $${name} $out/specialisation/${name}`).join('\n')}
        printf "#! /bin/sh -e\\nexport INSTALL_BOOTLOADER='%s'\\n" $installer > $out/bin/switch-to-configuration
        cat > $out/boot.json <<END\n${bootJson(options, platform)}\nEND
        ${more}`,
    },
  });
  return { toplevel: paths['nixos-system-uefi-25.11'], paths };
}

const PARTS_OF_TOPLEVEL = {
  kernel: 'linux-6.12.1',
  initrd: 'initrd-linux-6.12.1',
  systemd: 'systemd-258',
  secrets: 'append-initrd-secrets',
  installer: 'install-systemd-boot.sh',
};

function partsOf(options: UefiSystemOptions, platform: keyof typeof ARCHITECTURES): Record<string, Recipe> {
  const { efiPrograms, extraFiles = '', extraInstallCommands = '' } = options;
  const program = `$out/lib/systemd/boot/efi/systemd-boot${ARCHITECTURES[platform]}.efi`;
  return {
    'linux-6.12.1': {
      script: `mkdir -p $out/dtbs/rockchip; printf 'kernel for ${platform}' > $out/Image
        printf tree > $out/dtbs/rockchip/rk3588-rock-5b.dtb`,
    },
    'initrd-linux-6.12.1': { script: 'mkdir $out; head -c 5000 /dev/zero > $out/initrd' },
    'append-initrd-secrets': {
      script: "mkdir -p $out/bin; printf '#!/bin/sh\\n' > $out/bin/append-initrd-secrets; chmod +x $out/bin/*",
    },
    memtest: { script: 'printf memtest > $out' },
    'systemd-258': {
      script: `mkdir -p $out/bin $out/lib/systemd/boot/efi; ln -s /usr/bin/bootctl $out/bin/bootctl
        ${efiPrograms === undefined ? `printf 'loader for ${platform}' > ${program}` : `cp ${efiPrograms}/* $out/lib/systemd/boot/efi`}`,
    },
    'copy-extra-files': {
      uses: { memtest: 'memtest' },
      script: `cat > $out <<END\n#!/bin/sh\n${extraFiles}\nEND\nchmod +x $out`,
    },
    'check-mountpoints': { script: "printf '#!/bin/sh\\n' > $out; chmod +x $out" },
    'systemd-boot': {
      uses: { systemd: 'systemd-258', copy: 'copy-extra-files', check: 'check-mountpoints' },
      script: `mkdir -p $out/bin; cat > $out/bin/systemd-boot <<'END'\n${filledIn(options)}\nEND
        sed -i "s|@systemd@|$systemd|; s|@copyExtraFiles@|$copy|; s|@checkMountpoints@|$check|" $out/bin/systemd-boot
        chmod +x $out/bin/systemd-boot`,
    },
    'install-systemd-boot.sh': {
      uses: { writer: 'systemd-boot' },
      script: `printf '#!/bin/sh\\n%s/bin/systemd-boot "$@"\\n%s\\n' $writer '${extraInstallCommands}' > $out; chmod +x $out`,
    },
  };
}

function filledIn({ builder, settings = {} }: UefiSystemOptions): string {
  const values = { ...DEFAULTS, nix: '/usr', bootspecTools: '/usr', ...settings };
  return Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`@${name}@`, value), builder);
}

function bootJson(options: UefiSystemOptions, platform: string): string {
  const { extensions = '"org.nixos.systemd-boot": { "sortKey": "nixos" }', specialisations = [] } = options;
  const children = specialisations.map((name) => {
    return `"${name}": { ${specification(options, { platform, out: `$${name}`, label: `25.11-${name}` })}, ${extensions},
      "org.nixos.specialisation.v1": {} }`;
  });
  return `{ ${specification(options, { platform, out: '$out', label: '25.11' })}, ${extensions},
    "org.nixos.specialisation.v1": { ${children.join(', ')} } }`;
}

function specification(
  { kernelParams = ['console=ttyAMA0', 'loglevel=4'], fields = '' }: UefiSystemOptions,
  { platform, out, label }: { readonly platform: string; readonly out: string; readonly label: string },
): string {
  return `"org.nixos.bootspec.v1": {
    "init": "${out}/init", "initrd": "$initrd/initrd", "kernel": "$kernel/Image", "toplevel": "${out}",
    "kernelParams": ${JSON.stringify(kernelParams)}, "label": "NixOS Xantusia ${label} (Linux 6.12.1)",
    "system": "${platform}"${fields}
  }`;
}
