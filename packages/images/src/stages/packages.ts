import type { SourceFiles, Stage } from "../manifest.ts";
import { stage, stageBuilder } from "./stage.ts";

/** Options of org.osbuild.rpm. */
export interface RpmOptions {
  readonly dbpath?: string;
  /** Armoured public keys. */
  readonly gpgkeys?: readonly string[];
  /** Paths of keys in the tree. */
  readonly "gpgkeys.fromtree"?: readonly string[];
  readonly rpmkeys?: { readonly bin_path?: string; readonly ignore_import_failures?: boolean };
  readonly disable_dracut?: boolean;
  readonly exclude?: { readonly docs?: boolean };
  readonly install_langs?: readonly string[];
  readonly nodeps?: boolean;
  readonly ignorearch?: boolean;
  readonly ostree_booted?: boolean;
  readonly generic_env?: Readonly<Record<string, string>>;
  readonly kernel_install_env?: {
    readonly boot_root?: string;
    readonly conf_root?: string;
    readonly plugins?: string;
    readonly machine_id?: string;
  };
}

/** Installs packages, in the order of the input. */
export function rpm(options: RpmOptions, packages: SourceFiles): Stage<RpmOptions> {
  return stage("org.osbuild.rpm", options, { inputs: { packages } });
}

/** Options of org.osbuild.selinux: labels by policy, by path, or both. */
export type SelinuxOptions = SelinuxSettings &
  (
    | { readonly file_contexts: string; readonly labels?: SelinuxLabels }
    | { readonly file_contexts?: string; readonly labels: SelinuxLabels }
  );

/** Contexts by path. */
export type SelinuxLabels = Readonly<Record<string, string>>;

/** What org.osbuild.selinux takes in either form. */
interface SelinuxSettings {
  readonly target?: string;
  readonly exclude_paths?: readonly string[];
  readonly force_autorelabel?: boolean;
}

/** Labels the tree; stands last, since every later file would lack a label. */
export const selinux = stageBuilder<SelinuxOptions>("org.osbuild.selinux");

/** Where the targeted policy keeps the contexts that org.osbuild.selinux applies. */
export const TARGETED_FILE_CONTEXTS = "etc/selinux/targeted/contexts/files/file_contexts";
