import { machineId, sysconfig } from "@imagegate/images";
import type { ContainerImageType, DiskImageType } from "@imagegate/images";

const GIB = 1024;

const boots = {
  kind: "disk",
  fileSystem: "ext4",
  efiVendor: "fedora",
  kernel: "kernel",
} as const;

/** What every Fedora image that boots is set up as. */
const system = {
  locale: "C.UTF-8",
  timezone: "UTC",
  hostname: "localhost.localdomain",
  stages: [
    sysconfig({ kernel: { update_default: true, default_kernel: "kernel-core" } }),
    machineId({ "first-boot": "yes" }),
  ],
};

const cloud = {
  packages: ["@core", "chrony", "cloud-init", "cloud-utils-growpart", "langpacks-en", "openssh-server"],
  excludedPackages: ["dracut-config-rescue", "firewalld", "plymouth"],
  system: {
    ...system,
    enabledServices: [
      "cloud-config.service",
      "cloud-final.service",
      "cloud-init-local.service",
      "cloud-init-network.service",
      "sshd.service",
    ],
    defaultTarget: "multi-user.target",
  },
};

/** For virtual machines, by whatever starts them. */
export const qcow2: DiskImageType = {
  ...boots,
  ...cloud,
  name: "qcow2",
  packages: [...cloud.packages, "qemu-guest-agent"],
  sizeMib: 5 * GIB,
  kernelArguments: ["console=tty1", "console=ttyS0,115200n8", "systemd.firstboot=off"],
  output: { format: "qemu", filename: "disk.qcow2", options: { type: "qcow2", compat: "1.1" } },
};

/** For Amazon EC2, which imports a raw disk. */
export const ami: DiskImageType = {
  ...boots,
  ...cloud,
  name: "ami",
  packages: [...cloud.packages, "NetworkManager-cloud-setup"],
  sizeMib: 6 * GIB,
  // EBS volumes may take longer than the default of 30 seconds.
  kernelArguments: ["console=tty1", "console=ttyS0,115200n8", "nvme_core.io_timeout=4294967295"],
  output: { format: "raw", filename: "image.raw" },
};

/** For boards and bare metal: written to a card or a disk, set up at the first boot. */
export const minimalRaw: DiskImageType = {
  ...boots,
  name: "minimal-raw",
  packages: ["@core", "NetworkManager-wifi", "initial-setup", "iwlwifi-mvm-firmware", "langpacks-en"],
  excludedPackages: ["dracut-config-rescue"],
  system: {
    ...system,
    enabledServices: ["NetworkManager.service", "initial-setup.service", "sshd.service"],
    defaultTarget: "multi-user.target",
  },
  sizeMib: 4 * GIB,
  kernelArguments: ["rw"],
  output: { format: "raw.xz", filename: "disk.raw.xz" },
};

/** For container engines: a shell and a package manager. */
export const container: ContainerImageType = {
  kind: "container",
  name: "container",
  packages: [
    "bash",
    "coreutils",
    "dnf5",
    "fedora-release-container",
    "glibc-minimal-langpack",
    "rootfiles",
    "sudo",
    "tar",
    "util-linux-core",
    "vim-minimal",
  ],
  excludedPackages: ["diffutils", "glibc-langpack-en", "grubby", "kernel", "sssd-client", "trousers"],
  withoutDocs: true,
  system: {
    locale: "C.UTF-8",
    timezone: "Etc/UTC",
    stages: [machineId({ "first-boot": "yes" })],
  },
  filename: "container.tar",
  config: {
    Cmd: ["/bin/bash"],
    Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin", "container=oci"],
    Labels: { name: "fedora", vendor: "Fedora Project", license: "MIT" },
    WorkingDir: "/",
  },
};
