# A small system in the shape of `config.system.build.toplevel` of NixOS, for aarch64, made of Debian packages: what it has is
# unpacked, and nothing of it is run to build it, so that any machine can.
#
# description: JSON file, { userLand: [package], kernel: package, parameters }; a package is { name, archive, sha256 }. The archives are
# read where they lie, not copied into the store first, and checked against the hash.
{ description }:
let
  inherit (builtins.fromJSON (builtins.readFile description)) userLand kernel parameters;

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
    # What is between this kernel and a root filesystem on an emulated disk.
    wanted = [ "virtio_pci" "virtio_blk" "ext4" ];
  };

  initrd = build "initrd-linux-debian" ./build-initrd.sh {
    inherit programs;
    inherit (linux) modules;
    init = ./stage-1.sh;
  };

  # As NixOS' own boot loader module leaves its settings: U-Boot's menu is to wait for one second.
  configurationBuilder = builtins.toFile "extlinux-conf-builder.sh" "#!/bin/sh\n";
  installer = builtins.toFile "install-extlinux-conf.sh" "#!/bin/sh\n${configurationBuilder} -g 20 -t 1 -c \"$@\"\n";

  toplevel = build "nixos-system-boot-test-25.11" ./build-toplevel.sh {
    inherit programs linux initrd installer;
    inherit (linux) modules;
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
        system = "aarch64-linux";
        toplevel = builtins.placeholder "out";
      };
      "org.nixos.specialisation.v1" = { };
    };
  };
in
toplevel
