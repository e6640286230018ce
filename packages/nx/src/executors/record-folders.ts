import { discoverProjects, findOrphanedRecords, type Project } from "@imagegate/engine";
import { failureText, orphansText, unexpectedText, type Commands } from "../text.ts";
import type { TaskOutcome } from "./family-run.ts";

/** Looks for records that belong to no family; never rejects. */
export async function checkRecordFolders(root: string, commands: Commands): Promise<TaskOutcome> {
  try {
    const found = await discoverProjects(root);
    if (!found.ok && !found.failure.every(({ reason }) => reason === "config-none-found")) {
      const terminalOutput = found.failure.map((failure) => failureText(failure, commands)).join("");
      return { success: false, terminalOutput };
    }
    // Without a family every record is one too many: that is an answer here, not a failure.
    const projects: readonly Project[] = found.ok ? found.value : [];
    const orphans = await findOrphanedRecords(root, projects);
    if (!orphans.ok) return { success: false, terminalOutput: failureText(orphans.failure, commands) };
    return {
      success: orphans.value.length === 0,
      terminalOutput: orphansText(orphans.value, projects.length),
    };
  } catch (cause) {
    return { success: false, terminalOutput: unexpectedText(cause, commands) };
  }
}
