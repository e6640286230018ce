import {
  formattedPartitions,
  makeFileSystem,
  partitionAt,
  partitionDevice,
  partitionMount,
  partitionName,
} from "../disk/file-systems.ts";
import type { DiskPlan, PlannedPartition } from "../disk/plan.ts";
import { pipelineReference, pipelineTree } from "../inputs.ts";
import type { Pipeline, Stage } from "../manifest.ts";
import { grub2Inst } from "../stages/boot.ts";
import { copy } from "../stages/files.ts";
import { sfdisk, truncate, type SfdiskPartition } from "../stages/storage.ts";
import { BIOS_PLATFORM } from "./boot.ts";
import { BUILD } from "./build.ts";
import { TREE } from "./tree.ts";

/** The name of the pipeline that makes the raw disk. */
export const DISK = "image";

/** The raw disk: partitioned and formatted as planned, filled with the tree, and made to boot. */
export function diskPipeline(plan: DiskPlan, filename: string): Pipeline {
  return {
    name: DISK,
    build: pipelineReference(BUILD),
    stages: [
      truncate({ filename, size: String(plan.sizeBytes) }),
      sfdisk(
        { label: "gpt", uuid: plan.uuid, partitions: plan.partitions.map(tableEntry) },
        { type: "org.osbuild.loopback", options: { filename, lock: true } },
      ),
      ...formattedPartitions(plan).map((partition) => makeFileSystem(filename, partition)),
      copyTree(plan, filename),
      ...biosBootStages(plan, filename),
    ],
  };
}

function tableEntry({ startSector, sizeSectors, type, uuid, bootable }: PlannedPartition): SfdiskPartition {
  const place = { start: startSector, size: sizeSectors, type, uuid };
  return bootable === undefined ? place : { ...place, bootable };
}

function copyTree(plan: DiskPlan, filename: string): Stage {
  const partitions = formattedPartitions(plan);
  const root = partitionName(partitionAt(plan, "/"));
  return copy(
    { paths: [{ from: "input://tree/", to: `mount://${root}/` }] },
    {
      inputs: { tree: pipelineTree(TREE) },
      devices: Object.fromEntries(
        partitions.map((partition) => [partitionName(partition), partitionDevice(filename, partition)]),
      ),
      mounts: partitions.map(partitionMount),
    },
  );
}

/** GRUB for BIOS goes where the plan has a partition for it, and finds its modules on /boot. */
function biosBootStages(plan: DiskPlan, filename: string): readonly Stage[] {
  const core = plan.partitions.find(({ bootable }) => bootable);
  if (core === undefined) return [];
  const boot = partitionAt(plan, "/boot");
  const filesystem = boot.fileSystem.type;
  if (filesystem === "vfat") throw new Error("GRUB's BIOS image reads /boot from ext4 or xfs");
  return [
    grub2Inst({
      filename,
      platform: BIOS_PLATFORM,
      location: core.startSector,
      core: { type: "mkimage", partlabel: "gpt", filesystem },
      prefix: { type: "partition", partlabel: "gpt", number: boot.number - 1, path: "/grub2" },
    }),
  ];
}
