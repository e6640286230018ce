import type { SystemSettings } from "../definition.ts";
import { pipelineReference } from "../inputs.ts";
import type { Pipeline, Stage } from "../manifest.ts";
import type { PackageSet } from "../packages/package-set.ts";
import { fixBls, kernelCmdline } from "../stages/boot.ts";
import { TARGETED_FILE_CONTEXTS, selinux } from "../stages/packages.ts";
import { systemd, type SystemdOptions } from "../stages/services.ts";
import { hostname, keymap, locale, timezone } from "../stages/system.ts";
import { groups, users } from "../stages/users.ts";
import { bootStages, rootUuid, type BootSettings } from "./boot.ts";
import { BUILD } from "./build.ts";
import { fileStages } from "./files.ts";
import { installPackages } from "./install.ts";

/** The name of the pipeline that makes the operating system's tree. */
export const TREE = "os";

/** What the operating system's tree is made from. */
export interface TreeDefinition {
  readonly packages: PackageSet;
  readonly withoutDocs: boolean;
  readonly system: SystemSettings;
  /** Absent for a container, which then has neither kernel arguments, boot loader nor SELinux labels. */
  readonly boot?: BootSettings;
}

/** The operating system's tree. */
export function treePipeline({ packages, withoutDocs, system, boot }: TreeDefinition): Pipeline {
  const install = installPackages(packages, withoutDocs ? { exclude: { docs: true } } : {});
  const stages =
    boot === undefined
      ? [install, ...systemStages(system)]
      : [
          kernelCmdline({ root_fs_uuid: rootUuid(boot.plan), kernel_opts: boot.kernelArguments.join(" ") }),
          install,
          // /boot is a partition of its own, so entries name paths from its root.
          fixBls({ prefix: "" }),
          ...systemStages(system),
          ...bootStages(boot),
          selinux({ file_contexts: TARGETED_FILE_CONTEXTS }),
        ];
  return { name: TREE, build: pipelineReference(BUILD), stages };
}

function systemStages(system: SystemSettings): readonly Stage[] {
  return [
    ...(system.locale === undefined ? [] : [locale({ language: system.locale })]),
    ...(system.keymap === undefined ? [] : [keymap({ keymap: system.keymap })]),
    ...(system.hostname === undefined ? [] : [hostname({ hostname: system.hostname })]),
    ...(system.timezone === undefined ? [] : [timezone({ zone: system.timezone })]),
    ...(isEmpty(system.groups) ? [] : [groups({ groups: system.groups })]),
    ...(isEmpty(system.users) ? [] : [users({ users: system.users })]),
    ...fileStages(system.files ?? []),
    ...serviceStages(system),
    ...(system.stages ?? []),
  ];
}

function serviceStages(system: SystemSettings): readonly Stage[] {
  const { enabledServices = [], disabledServices = [], maskedServices = [], defaultTarget } = system;
  const options: SystemdOptions = {
    ...(enabledServices.length > 0 && { enabled_services: [...new Set(enabledServices)] }),
    ...(disabledServices.length > 0 && { disabled_services: [...new Set(disabledServices)] }),
    ...(maskedServices.length > 0 && { masked_services: [...new Set(maskedServices)] }),
    ...(defaultTarget !== undefined && { default_target: defaultTarget }),
  };
  return isEmpty(options) ? [] : [systemd(options)];
}

function isEmpty(record: object | undefined): record is undefined {
  return record === undefined || Object.keys(record).length === 0;
}
