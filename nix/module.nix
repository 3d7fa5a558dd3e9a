# A NixOS module that adds system.build.imageParts: everything that the action needs to make a card of a configuration. It reads the
# options that are there: those of nixpkgs' sd-image module (sdImage, image) and of nixos-raspberrypi, and its own, imageParts.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.imageParts;
  # Options that the configuration does not have are as if they were not set.
  sdImage = config.sdImage or { };
  raspberryPi = config.boot.loader.raspberry-pi or { };
  inherit (config.system.build) toplevel;

  # Where neither sdImage nor imageParts says how to fill the partitions, nixos-raspberrypi does.
  firmwareCommands =
    if cfg.populateFirmwareCommands != null then
      cfg.populateFirmwareCommands
    else
      sdImage.populateFirmwareCommands or (lib.optionalString (raspberryPi ? firmwarePopulateCmd) ''
        ${raspberryPi.firmwarePopulateCmd} -c ${toplevel} -f ./firmware
      '');
  rootCommands =
    if cfg.populateRootCommands != null then
      cfg.populateRootCommands
    else
      sdImage.populateRootCommands or (lib.optionalString (raspberryPi ? bootPopulateCmd) ''
        mkdir -p ./files/boot/firmware
        ${raspberryPi.bootPopulateCmd} -c ${toplevel} -b ./files/boot
      '');

  # Inputs of the action. What is null is left to the action.
  inputs = lib.filterAttrs (_: value: value != null) (
    {
      format = "sd-card";
      partition-table = cfg.partitionTable;
      volume-label = sdImage.rootVolumeLabel or (config.fileSystems."/".label or null);
      uuid = sdImage.rootPartitionUUID or null;
      firmware-label = sdImage.firmwarePartitionName or null;
      disk-id = sdImage.firmwarePartitionID or null;
      image-name = if config ? image.baseName then "${config.image.baseName}.img" else null;
      compression =
        if cfg.compression != null then
          cfg.compression
        else if sdImage.compressImage or true then
          null
        else
          "none";
      free-space = cfg.freeSpace;
      firmware-offset = "${toString cfg.firmwareOffset}MiB";
      firmware-size = "${toString cfg.firmwareSize}MiB";
      store-paths = if cfg.storePaths == [ ] then null else map toString cfg.storePaths;
    }
    // cfg.settings
  );
in
{
  options.imageParts = {
    partitionTable = mkOption {
      type = types.nullOr (types.enum [
        "mbr"
        "gpt"
      ]);
      default = null;
      description = "Partition table of the card; the action writes an MBR by default.";
    };
    firmwareOffset = mkOption {
      type = types.ints.positive;
      default = sdImage.firmwarePartitionOffset or 8;
      defaultText = lib.literalExpression "config.sdImage.firmwarePartitionOffset or 8";
      description = "Where the first partition starts, in MiB.";
    };
    firmwareSize = mkOption {
      type = types.ints.positive;
      default = sdImage.firmwareSize or 30;
      defaultText = lib.literalExpression "config.sdImage.firmwareSize or 30";
      description = "Size of the FAT partition, in MiB.";
    };
    populateFirmwareCommands = mkOption {
      type = types.nullOr types.lines;
      default = null;
      description = "Shell commands that fill ./firmware, the FAT partition; by default those of sdImage, or of nixos-raspberrypi.";
    };
    populateRootCommands = mkOption {
      type = types.nullOr types.lines;
      default = null;
      description = "Shell commands that fill ./files, the root of the image; by default those of sdImage, or of nixos-raspberrypi.";
    };
    rootFiles = mkOption {
      type = types.listOf types.path;
      default = [ ];
      description = "Directories whose contents are added to the root of the image.";
    };
    storePaths = mkOption {
      type = types.listOf types.package;
      default = sdImage.storePaths or [ ];
      defaultText = lib.literalExpression "config.sdImage.storePaths or [ ]";
      description = "Store paths that the image holds beside the system.";
    };
    freeSpace = mkOption {
      type = types.nullOr types.str;
      default = null;
      example = "64MiB";
      description = "Free space in the filesystem for the first boot.";
    };
    compression = mkOption {
      type = types.nullOr (types.enum [
        "zstd"
        "gzip"
        "xz"
        "none"
      ]);
      default = null;
      description = "Compression of the image; by default zstd, or none if sdImage.compressImage is false.";
    };
    settings = mkOption {
      type = types.attrsOf (
        types.oneOf [
          types.str
          types.bool
          types.int
          (types.listOf types.str)
        ]
      );
      default = { };
      example = {
        boot-partition = "firmware";
        nix-database = true;
      };
      description = "Further inputs of the action by their names. They win over what the configuration says.";
    };
  };

  config.system.build.imageParts = pkgs.callPackage ./image-parts.nix { } {
    inherit
      inputs
      toplevel
      firmwareCommands
      rootCommands
      ;
    inherit (cfg)
      firmwareOffset
      firmwareSize
      rootFiles
      ;
    # The sd-image module makes a FAT partition even where nothing is on it, and the root partition is the second then.
    hasFirmware = config ? sdImage;
    diskId = inputs.disk-id or "0x2178694e";
    postBuildCommands = sdImage.postBuildCommands or "";
  };
}
