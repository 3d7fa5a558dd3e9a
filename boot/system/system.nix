# A small system in the shape of `config.system.build.toplevel` of NixOS, made of Debian packages: what it has is
# unpacked, and nothing of it is run to build it, so that any machine can.
#
# description: JSON file, { userLand: [package], kernel: package, platform, parameters, loader, efiBuilder }; a package is
# { name, archive, sha256 }, platform is that of boot/kinds.ts, and efiBuilder the text of systemd-boot's installer. The archives are where they lie, not copied into the store first, and checked against the hash.
{ description }:
let
  inherit (builtins.fromJSON (builtins.readFile description)) userLand kernel platform parameters loader efiBuilder;

  # Named by a script of this directory, which makes its outputs.
  build = name: script: variables: derivation ({
    inherit name;
    system = builtins.currentSystem;
    builder = "/bin/sh";
    args = [ "-eu" script ];
    PATH = "/usr/bin:/bin:/usr/sbin:/sbin";
    LC_ALL = "C";
  } // variables);

  checksumOf = { archive, sha256, ... }: "${sha256}  ${archive}";

  programs = build "boot-test-programs" ./build-programs.sh {
    archives = map ({ archive, ... }: archive) userLand;
    checksums = builtins.concatStringsSep "\n" (map checksumOf userLand);
  };

  linux = build "linux-debian" ./build-linux.sh {
    inherit (kernel) archive;
    checksums = checksumOf kernel;
    outputs = [ "out" "modules" ];
    # What is between this kernel and a root filesystem on an emulated disk, and the variables of EFI.
    wanted = [ "virtio_pci" "virtio_blk" "ext4" ] ++ (if loader == "systemd-boot" then [ "efivarfs" ] else [ ]);
  };

  initrd = build "initrd-linux-debian" ./build-initrd.sh {
    inherit programs;
    inherit (linux) modules;
    init = ./stage-1.sh;
  };

  # As the boot loader modules of NixOS leave their settings: the menu is to wait for one second.
  extlinuxBuilder = builtins.toFile "extlinux-conf-builder.sh" "#!/bin/sh\n";
  copyExtraFiles = builtins.toFile "copy-extra-files" "#!/bin/sh\n";
  systemdBootBuilder = builtins.toFile "systemd-boot"
    (builtins.replaceStrings [ "@copyExtraFiles@" ] [ "${copyExtraFiles}" ] efiBuilder);
  installers = {
    extlinux = builtins.toFile "install-extlinux-conf.sh" "#!/bin/sh\n${extlinuxBuilder} -g 20 -t 1 -c \"$@\"\n";
    systemd-boot = builtins.toFile "install-systemd-boot.sh" "#!/bin/sh\n${systemdBootBuilder} \"$@\"\n";
  };

  toplevel = build "nixos-system-boot-test-25.11" ./build-toplevel.sh {
    inherit programs linux initrd;
    inherit (linux) modules;
    inherit (platform) interpreter libraries;
    platform = platform.system;
    installer = installers.${loader};
    parameters = builtins.concatStringsSep " " parameters;
    init = ./stage-2.sh;
    firstBoot = ./first-boot.sh;
    laterBoot = ./later-boot.sh;
    bootspec = builtins.toJSON {
      "org.nixos.bootspec.v1" = {
        init = "${builtins.placeholder "out"}/init";
        initrd = "${initrd}/initrd";
        kernel = "${linux}/Image";
        kernelParams = parameters;
        label = "NixOS 25.11 (Debian's Linux)";
        inherit (platform) system;
        toplevel = builtins.placeholder "out";
      };
      "org.nixos.specialisation.v1" = { };
    };
  };
in
toplevel
