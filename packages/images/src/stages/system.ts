import { stageBuilder } from "./stage.ts";

/** Options of org.osbuild.locale. */
export interface LocaleOptions {
  /** `C.UTF-8` for example. */
  readonly language: string;
}

/** Sets the system's locale. */
export const locale = stageBuilder<LocaleOptions>("org.osbuild.locale");

/** Options of org.osbuild.keymap. */
export interface KeymapOptions {
  readonly keymap: string;
  readonly "x11-keymap"?: { readonly layouts: readonly string[] };
  readonly font?: string;
}

/** Sets the keyboard of the console. */
export const keymap = stageBuilder<KeymapOptions>("org.osbuild.keymap");

/** Options of org.osbuild.timezone. */
export interface TimezoneOptions {
  /** A name of the tz database, `Europe/Berlin` for example. */
  readonly zone: string;
}

/** Sets the time zone. */
export const timezone = stageBuilder<TimezoneOptions>("org.osbuild.timezone");

/** Options of org.osbuild.hostname. */
export interface HostnameOptions {
  readonly hostname: string;
}

/** Sets the host's name. */
export const hostname = stageBuilder<HostnameOptions>("org.osbuild.hostname");

/** Options of org.osbuild.machine-id. */
export interface MachineIdOptions {
  /** `yes`: the next boot is the first and writes the id; `no`: it writes the id quietly. */
  readonly "first-boot": "yes" | "no" | "preserve";
}

/** Prepares `/etc/machine-id`. */
export const machineId = stageBuilder<MachineIdOptions>("org.osbuild.machine-id");

/** Options of org.osbuild.sysconfig. */
export interface SysconfigOptions {
  readonly kernel?: { readonly update_default?: boolean; readonly default_kernel?: string };
  readonly network?: { readonly networking?: boolean; readonly no_zero_conf?: boolean };
  readonly livesys?: { readonly session: string };
  readonly desktop?: { readonly preferred?: string; readonly displaymanager?: string };
}

/** Writes files of `/etc/sysconfig`. */
export const sysconfig = stageBuilder<SysconfigOptions>("org.osbuild.sysconfig");

/** Options of org.osbuild.dnf.config. */
export interface DnfConfigOptions {
  readonly variables?: readonly { readonly name: string; readonly value: string }[];
  readonly config?: {
    readonly main?: {
      readonly ip_resolve?: "4" | "IPv4" | "6" | "IPv6";
      readonly tsflags?: readonly DnfTransactionFlag[];
    };
  };
}

/** A transaction flag of dnf.conf. */
export type DnfTransactionFlag =
  "noscripts" | "test" | "notriggers" | "nodocs" | "justdb" | "nocontexts" | "nocaps" | "nocrypto";

/** Writes dnf's configuration and variables. */
export const dnfConfig = stageBuilder<DnfConfigOptions>("org.osbuild.dnf.config");
