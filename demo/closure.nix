# A closure to make an image of: one store path for each npm package below `modules` that the list names, linked to the packages
# it depends on, and one that links them all.
#
# packages: JSON, a list of { name, version, dependencies }; dependencies are names of packages that come earlier in it.
{ modules, packages }:
let
  system = builtins.currentSystem;
  path = "/usr/bin:/bin";
  list = builtins.fromJSON packages;

  built = builtins.listToAttrs (map (package: { inherit (package) name; value = install package; }) list);

  install = { name, version, dependencies }: derivation {
    name = "npm-${name}-${version}";
    inherit system;
    package = name;
    source = builtins.path { path = modules + "/${name}"; name = "npm-${name}-source"; };
    dependencies = map (dependency: built.${dependency}) dependencies;
    PATH = path;
    builder = "/bin/sh";
    args = [ "-euc" ''
      modules=$out/lib/node_modules
      mkdir -p "$modules"
      cp -R "$source" "$modules/$package"
      for dependency in $dependencies; do ln -sfn -t "$modules" "$dependency"/lib/node_modules/*; done
      : # Nix kills a builder whose last program takes the place of the shell, and closes its output before it ends.
    '' ];
  };
in
derivation {
  name = "demo-system";
  inherit system;
  packages = map (package: built.${package.name}) list;
  PATH = path;
  builder = "/bin/sh";
  args = [ "-euc" ''
    mkdir -p "$out/sw"
    for package in $packages; do ln -sfn -t "$out/sw" "$package"/lib/node_modules/*; done
    : # Nix kills a builder whose last program takes the place of the shell, and closes its output before it ends.
  '' ];
}
