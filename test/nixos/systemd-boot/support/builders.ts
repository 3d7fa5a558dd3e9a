/** The settings of systemd-boot-builder.py, as nixpkgs has them since NixOS 24.05. */
const SETTINGS = `#! @python3@/bin/python3 -B
EFI_SYS_MOUNT_POINT = Path("@efiSysMountPoint@")
BOOT_MOUNT_POINT = Path("@bootMountPoint@")
NIXOS_DIR = Path(
    "@nixosDir@".strip("/")
)
TIMEOUT = "@timeout@"
EDITOR = "@editor@" == "1"  # noqa: PLR0133
CONSOLE_MODE = "@consoleMode@"
DISTRO_NAME = "@distroName@"
SYSTEMD = "@systemd@"
REBOOT_FOR_BITLOCKER = bool("@rebootForBitlocker@")
COPY_EXTRA_FILES = "@copyExtraFiles@"
BOOT_COUNTING_TRIES = "@bootCountingTries@"
BOOT_COUNTING = "@bootCounting@" == "True"
`;

/** What the action looks at in the newest builder, whose entries are named by their contents. */
export const HASHED_BUILDER = `${SETTINGS}
hashlib.sha256(contents)
extraInitrdPaths
f"default {default_entry_id}\\n"
f"{combined_hash}-initrd.efi"
`;

/** What the action looks at in builders from NixOS 24.05 to 25.11, whose entries are named by their generation. */
export const NUMBERED_BUILDER = `${SETTINGS}
BOOT_ENTRY = """title {title}
sort-key {sort_key}
version Generation {generation} {description}
linux {kernel}
initrd {initrd}
options {kernel_params}
"""
f"devicetree /{devicetree}\\n"
`;
