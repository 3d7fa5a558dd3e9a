# Evaluates nix/module.nix for a configuration without nixpkgs: with the few functions of its library that the module uses, and the
# tools of this machine.
{ configuration }:
let
  lib = {
    types = {
      nullOr = _: null;
      enum = _: null;
      listOf = _: null;
      attrsOf = _: null;
      oneOf = _: null;
      ints.positive = null;
      bool = null;
      int = null;
      lines = null;
      package = null;
      path = null;
      str = null;
    };
    mkOption = option: option;
    literalExpression = text: text;
    optionalString = condition: text: if condition then text else "";
    filterAttrs =
      keep: set:
      builtins.listToAttrs (
        builtins.concatMap (
          name: if keep name set.${name} then [ { inherit name; value = set.${name}; } ] else [ ]
        ) (builtins.attrNames set)
      );
  };
  tools = {
    dosfstools = null;
    e2fsprogs = null;
    jq = null;
    libfaketime = null;
    mtools = null;
    util-linux = null;
    zstd = null;
  };
  stdenv.mkDerivation =
    { buildCommand, nativeBuildInputs, passAsFile ? [ ], ... }@attributes:
    derivation (
      removeAttrs attributes [ "nativeBuildInputs" ]
      // {
        system = builtins.currentSystem;
        builder = "/bin/bash";
        args = [ "-euo" "pipefail" "-c" ". $buildCommandPath; :" ];
        PATH = "/usr/sbin:/usr/bin:/sbin:/bin";
        passAsFile = passAsFile ++ [ "buildCommand" ];
      }
    );
  pkgs = {
    inherit lib stdenv;
    callPackage = file: _: import file ({ inherit stdenv; } // tools);
  };
  given = import configuration { inherit pkgs; };
  module = import ../../../nix/module.nix { inherit config lib pkgs; };
  config = given // {
    imageParts = builtins.mapAttrs (_: option: option.default) module.options.imageParts // (given.imageParts or { });
  };
in
module.config.system.build.imageParts
