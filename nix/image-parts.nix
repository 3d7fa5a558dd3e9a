# The parts of a card as a directory, which the input parts of the action takes:
#
#   system         link to the NixOS system
#   firmware/      files of the FAT partition, if there is one
#   root/          files for the root of the image, if there are any, and root-modes with their permissions
#   gap.bin        what sdImage.postBuildCommands wrote before the first partition, if anything
#   settings.json  inputs of the action: { version, inputs }
{
  stdenv,
  dosfstools,
  e2fsprogs,
  jq,
  libfaketime,
  mtools,
  util-linux,
  zstd,
}:
{
  inputs,
  toplevel,
  firmwareCommands,
  rootCommands,
  postBuildCommands,
  firmwareOffset,
  firmwareSize,
  rootFiles,
  hasFirmware,
  diskId,
}:
stdenv.mkDerivation {
  name = "image-parts";
  # Those of nixpkgs' sd-image module, which the commands of configurations may expect.
  nativeBuildInputs = [
    dosfstools
    e2fsprogs
    jq
    libfaketime
    mtools
    util-linux
    zstd
  ];
  inherit
    toplevel
    firmwareOffset
    firmwareSize
    hasFirmware
    rootFiles
    diskId
    ;
  inputs = builtins.toJSON inputs;
  passAsFile = [ "inputs" ];
  buildCommand = ''
    . ${./image-parts.sh}

    export LC_ALL=C
    mkdir "$out" firmware files
    ${firmwareCommands}
    ${rootCommands}
    addFiles

    makeDisk
    ${postBuildCommands}
    addGap

    writeSettings
  '';
}
