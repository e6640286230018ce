import { stageBuilder } from "./stage.ts";

/** Options of org.osbuild.users: accounts by name. */
export interface UsersOptions {
  readonly users: Readonly<Record<string, UserOptions>>;
}

/** One account of org.osbuild.users. */
export interface UserOptions {
  readonly uid?: number;
  readonly gid?: number;
  readonly groups?: readonly string[];
  readonly description?: string;
  readonly home?: string;
  readonly shell?: string;
  /** Encrypted, as crypt(3) returns it. */
  readonly password?: string;
  readonly key?: string;
  readonly keys?: readonly string[];
  /** In days since 1 January 1970. */
  readonly expiredate?: number;
  readonly force_password_reset?: boolean;
}

/** Adds or changes accounts. */
export const users = stageBuilder<UsersOptions>("org.osbuild.users");

/** Options of org.osbuild.groups: groups by name. */
export interface GroupsOptions {
  readonly groups: Readonly<Record<string, { readonly gid?: number }>>;
  readonly force?: boolean;
}

/** Adds groups. */
export const groups = stageBuilder<GroupsOptions>("org.osbuild.groups");
