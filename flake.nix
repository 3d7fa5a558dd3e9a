{
  description = "Build and verify ext4 images and SD cards of NixOS in GitHub Actions";

  # No inputs: the module uses the nixpkgs of the configuration that imports it.
  outputs = _: {
    nixosModules.default = {
      imports = [ ./nix/module.nix ];
    };
  };
}
