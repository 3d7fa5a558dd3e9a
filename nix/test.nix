# Real configurations of nixpkgs with the module of this repository, for CI: the parts of their cards (imageParts), and the images that
# nixpkgs makes of them (sdImage).
#
#   nix-build nix/test.nix -I nixpkgs=... -A raspberryPi.imageParts
let
  evaluate =
    modules:
    (import <nixpkgs/nixos> {
      configuration = {
        imports = [ ./module.nix ] ++ modules;
        system.stateVersion = "25.11";
      };
    }).config.system.build;
in
{
  raspberryPi = evaluate [ <nixpkgs/nixos/modules/installer/sd-card/sd-image-aarch64.nix> ];
  rockchip = evaluate [
    <nixpkgs/nixos/modules/installer/sd-card/sd-image.nix>
    (
      { config, pkgs, ... }:
      {
        boot.loader.grub.enable = false;
        boot.loader.generic-extlinux-compatible.enable = true;
        sdImage = {
          firmwarePartitionOffset = 16;
          populateFirmwareCommands = "";
          populateRootCommands = ''
            mkdir -p files/boot
            ${config.boot.loader.generic-extlinux-compatible.populateCmd} -c ${config.system.build.toplevel} -d files/boot
          '';
          postBuildCommands = "dd if=${pkgs.ubootRockPro64}/u-boot-rockchip.bin of=$img seek=64 conv=notrunc";
        };
      }
    )
  ];
}
