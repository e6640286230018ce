import { chrony, cloudInit, sshdConfig, sysconfig } from "@imagegate/images";
import type { ContainerImageType, DiskImageType } from "@imagegate/images";

const GIB = 1024;

const boots = {
  kind: "disk",
  fileSystem: "xfs",
  efiVendor: "centos",
  kernel: "kernel",
} as const;

/** What every CentOS Stream image that boots is set up as. */
const system = {
  locale: "C.UTF-8",
  keymap: "us",
  timezone: "UTC",
  stages: [
    sysconfig({
      kernel: { update_default: true, default_kernel: "kernel" },
      network: { networking: true, no_zero_conf: true },
    }),
  ],
};

const cloud = {
  packages: [
    "@core",
    "centos-stream-release",
    "chrony",
    "cloud-init",
    "cloud-utils-growpart",
    "langpacks-en",
    "openssh-server",
    "rsync",
    "tar",
    "tuned",
  ],
  excludedPackages: [
    "alsa-firmware",
    "biosdevname",
    "dracut-config-rescue",
    "firewalld",
    "iprutils",
    "plymouth",
  ],
  system: {
    ...system,
    enabledServices: [
      "NetworkManager.service",
      "cloud-config.service",
      "cloud-final.service",
      "cloud-init-local.service",
      "cloud-init.service",
      "sshd.service",
      "tuned.service",
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
  sizeMib: 10 * GIB,
  kernelArguments: ["console=tty0", "console=ttyS0,115200n8", "net.ifnames=0"],
  output: { format: "qemu", filename: "disk.qcow2", options: { type: "qcow2", compat: "1.1" } },
};

/** For Amazon EC2, which imports a raw disk. */
export const ami: DiskImageType = {
  ...boots,
  ...cloud,
  name: "ami",
  packages: [...cloud.packages, "NetworkManager-cloud-setup"],
  system: {
    ...cloud.system,
    enabledServices: [...cloud.system.enabledServices, "nm-cloud-setup.service", "nm-cloud-setup.timer"],
    stages: [
      ...system.stages,
      // The time service of EC2, on every machine's own link.
      chrony({
        servers: [{ hostname: "169.254.169.123", minpoll: 4, maxpoll: 4, iburst: true, prefer: true }],
      }),
      cloudInit({
        filename: "00-default-user.cfg",
        config: { system_info: { default_user: { name: "ec2-user" } } },
      }),
      sshdConfig({ config: { PasswordAuthentication: false } }),
    ],
  },
  sizeMib: 10 * GIB,
  // EBS volumes may take longer than the default of 30 seconds.
  kernelArguments: ["console=tty0", "console=ttyS0,115200n8", "nvme_core.io_timeout=4294967295"],
  output: { format: "raw", filename: "image.raw" },
};

/** For boards and bare metal: written to a card or a disk, set up at the first boot. */
export const minimalRaw: DiskImageType = {
  ...boots,
  name: "minimal-raw",
  packages: ["@core", "NetworkManager-wifi", "centos-stream-release", "initial-setup"],
  excludedPackages: ["dracut-config-rescue"],
  system: {
    ...system,
    enabledServices: ["NetworkManager.service", "firewalld.service", "initial-setup.service", "sshd.service"],
    defaultTarget: "multi-user.target",
  },
  sizeMib: 6 * GIB,
  kernelArguments: ["rw"],
  output: { format: "raw.xz", filename: "disk.raw.xz" },
};

/** For container engines: a shell and a package manager. */
export const container: ContainerImageType = {
  kind: "container",
  name: "container",
  packages: [
    "bash",
    "centos-stream-release",
    "coreutils-single",
    "curl-minimal",
    "dnf",
    "findutils",
    "glibc-minimal-langpack",
    "gzip",
    "rootfiles",
    "tar",
    "tzdata",
    "util-linux",
    "vim-minimal",
  ],
  excludedPackages: ["chrony", "coreutils", "gettext", "kernel", "rpm-plugin-selinux"],
  withoutDocs: true,
  system: { locale: "C.UTF-8", timezone: "Etc/UTC" },
  filename: "container.tar",
  config: {
    Cmd: ["/bin/bash"],
    Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin", "container=oci"],
    Labels: { name: "centos-stream", vendor: "CentOS" },
    WorkingDir: "/",
  },
};
