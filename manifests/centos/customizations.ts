import type { Customizations } from "@imagegate/images";

/** A little of everything that an image can change, for a web server with its administrators. */
export const customized: Customizations = {
  packages: ["nginx", "shadow-utils"],
  timezone: "America/New_York",
  groups: { www: { gid: 1200 } },
  users: {
    admin: {
      description: "Administrator",
      uid: 1200,
      gid: 1200,
      groups: ["wheel"],
      keys: [
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE4q2PgfnoBHpQ6x0yUk0nAuHlFnvd8kQ1VVmIyE9cJ8 admin@example.com",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHd0yoyqeGS2Wm4xvQqfSxTn1nPz3nXfR6a9wF5sY2Lk standby@example.com",
      ],
    },
  },
  enabledServices: ["nginx.service"],
  files: [
    {
      path: "/etc/nginx/default.d/health.conf",
      content: 'location = /health {\n    return 200 "ok\\n";\n}\n',
    },
  ],
  disk: {
    kernelArguments: ["audit=1", "crashkernel=no"],
    fileSystemSizesMib: { "/": 12288, "/var": 4096, "/var/log": 2048 },
  },
};
