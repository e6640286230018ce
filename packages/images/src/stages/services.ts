import { stageBuilder } from "./stage.ts";

/** Options of org.osbuild.systemd. */
export interface SystemdOptions {
  readonly enabled_services?: readonly string[];
  readonly disabled_services?: readonly string[];
  readonly masked_services?: readonly string[];
  readonly masked_generators?: readonly string[];
  readonly default_target?: string;
}

/** Enables, disables and masks units, and sets the target to boot into. */
export const systemd = stageBuilder<SystemdOptions>("org.osbuild.systemd");

/** Options of org.osbuild.chrony; its reference clocks are left to definitions that need one. */
export interface ChronyOptions {
  readonly timeservers?: readonly string[];
  readonly servers?: readonly ChronyServer[];
  /** The time zone that tells of leap seconds; the empty text removes the setting. */
  readonly leapsectz?: string;
}

/** A time server; intervals are powers of two, in seconds. */
export interface ChronyServer {
  readonly hostname: string;
  readonly minpoll?: number;
  readonly maxpoll?: number;
  readonly iburst?: boolean;
  readonly prefer?: boolean;
}

/** Chooses the servers that chronyd follows. */
export const chrony = stageBuilder<ChronyOptions>("org.osbuild.chrony");

/** Options of org.osbuild.cloud-init: one file of `/etc/cloud/cloud.cfg.d`. */
export interface CloudInitOptions {
  readonly filename: `${string}.cfg`;
  readonly config: {
    readonly ssh_pwauth?: boolean;
    readonly system_info?: { readonly default_user?: { readonly name?: string } };
    readonly reporting?: {
      readonly logging?: { readonly type?: CloudInitReporter };
      readonly telemetry?: { readonly type?: CloudInitReporter };
    };
    readonly datasource_list?: readonly ("Azure" | "Ec2" | "Oracle" | "NoCloud" | "WSL" | "None")[];
    readonly datasource?: { readonly Azure?: { readonly apply_network_config?: boolean } };
    readonly output?: {
      readonly init?: string;
      readonly config?: string;
      readonly final?: string;
      readonly all?: string;
    };
    readonly network?: { readonly config?: "disabled" };
  };
}

/** Where cloud-init reports to. */
export type CloudInitReporter = "log" | "print" | "webhook" | "hyperv";

/** Configures cloud-init. */
export const cloudInit = stageBuilder<CloudInitOptions>("org.osbuild.cloud-init");

/** Options of org.osbuild.sshd.config. */
export interface SshdConfigOptions {
  readonly config: {
    readonly PasswordAuthentication?: boolean;
    readonly ChallengeResponseAuthentication?: boolean;
    readonly ClientAliveInterval?: number;
    readonly PermitRootLogin?: boolean | "prohibit-password" | "forced-commands-only";
  };
}

/** Configures sshd. */
export const sshdConfig = stageBuilder<SshdConfigOptions>("org.osbuild.sshd.config");
