# NixOS for two boards, built by examples/raspberry-pi.yml and examples/allwinner.yml.
{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs }:
    let
      system = "aarch64-linux";
      pkgs = nixpkgs.legacyPackages.${system};
      sdCard = "${nixpkgs}/nixos/modules/installer/sd-card";
    in
    {
      # The modules of nixpkgs configure what a card needs: the root filesystem by its label NIXOS_SD, and a first boot that
      # grows it and loads /nix-path-registration.
      nixosConfigurations.pi = nixpkgs.lib.nixosSystem {
        inherit system;
        modules = [
          "${sdCard}/sd-image-aarch64.nix"
          ./configuration.nix
        ];
      };

      nixosConfigurations.pine64 = nixpkgs.lib.nixosSystem {
        inherit system;
        modules = [
          "${sdCard}/sd-image.nix"
          {
            boot.loader.grub.enable = false;
            boot.loader.generic-extlinux-compatible.enable = true;
          }
          ./configuration.nix
        ];
      };

      packages.${system} = {
        # What nixpkgs would put on the FAT partition: the Raspberry Pi's firmware, U-Boot and config.txt.
        firmware = pkgs.runCommand "firmware" { } ''
          mkdir firmware
          ${self.nixosConfigurations.pi.config.sdImage.populateFirmwareCommands}
          mv firmware $out
        '';

        u-boot = pkgs.ubootPine64;
      };
    };
}
