import type { Customizations } from "@imagegate/images";

/** A little of everything that an image can change, for a fleet with an operator who logs in by key. */
export const customized: Customizations = {
  packages: ["shadow-utils", "sudo", "sysstat", "tmux"],
  timezone: "Europe/Berlin",
  groups: { operators: { gid: 1100 } },
  users: {
    operator: {
      description: "Fleet operator",
      uid: 1100,
      gid: 1100,
      groups: ["wheel"],
      home: "/home/operator",
      shell: "/bin/bash",
      keys: [
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICgn0mOe7K3X7p9m7nDFbMSDFHmWLDFL1Y3ZtU1b2gkw operator@example.com",
      ],
    },
    monitor: {
      description: "Health checks",
      shell: "/sbin/nologin",
    },
  },
  enabledServices: ["sysstat.service"],
  files: [
    {
      path: "/etc/motd.d/fleet",
      content: "This machine is built from an image; what you change here is lost with it.\n",
    },
    {
      path: "/etc/sudoers.d/operators",
      content: "%operators ALL=(ALL) NOPASSWD: ALL\n",
      mode: "0440",
    },
  ],
  disk: {
    kernelArguments: ["audit=1", "mitigations=auto,nosmt"],
    fileSystemSizesMib: { "/": 10240, "/boot": 1536, "/var/log": 2048 },
  },
};
