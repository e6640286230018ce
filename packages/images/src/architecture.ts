/** A processor architecture, as rpm and osbuild name it. */
export type Architecture = "x86_64" | "aarch64";

/** What differs between architectures for an image that boots, or that a container engine runs. */
export interface ArchitectureFacts {
  /** As the OCI image specification names it. */
  readonly oci: "amd64" | "arm64";
  /** Whether machines without UEFI can boot it, through GRUB's `i386-pc` platform. */
  readonly bootsFromBios: boolean;
  /** The GPT type of its root partition (Discoverable Partitions Specification). */
  readonly rootPartitionType: string;
  /** Boot loader packages of Fedora and the distributions that descend from it. */
  readonly bootLoaderPackages: readonly string[];
}

/** The facts of every architecture that images can be defined for. */
export const ARCHITECTURES: Readonly<Record<Architecture, ArchitectureFacts>> = {
  x86_64: {
    oci: "amd64",
    bootsFromBios: true,
    rootPartitionType: "4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709",
    bootLoaderPackages: ["efibootmgr", "grub2-efi-x64", "grub2-pc", "shim-x64"],
  },
  aarch64: {
    oci: "arm64",
    bootsFromBios: false,
    rootPartitionType: "B921B045-1DF0-41C3-AF44-4C6F280D3FAE",
    bootLoaderPackages: ["efibootmgr", "grub2-efi-aa64", "grub2-tools", "shim-aa64"],
  },
};
