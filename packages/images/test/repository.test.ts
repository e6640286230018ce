import { describe, expect, it } from "vitest";
import { repositoryProblem, repositoryUrl, type Repository } from "../src/repository.ts";
import { mirrored } from "./samples.ts";

const fixed: Repository = { id: "base", baseurl: "https://mirror.example/base//", gpgKeys: [] };

describe("repositoryUrl", () => {
  it("ends without a slash", () => {
    expect(repositoryUrl(fixed)).toBe("https://mirror.example/base");
  });

  it("puts the date of the snapshot where the mirror has it", () => {
    expect(repositoryUrl(mirrored("base", "20260101"))).toBe("https://mirror.example/base-20260101");
  });
});

describe("repositoryProblem", () => {
  it("has nothing against repositories that can be reached", () => {
    expect(repositoryProblem([fixed, mirrored("updates", "20260101")])).toBeNull();
  });

  it("refuses two repositories with one id", () => {
    expect(repositoryProblem([fixed, fixed])).toEqual({ reason: "repository-ids-collide", ids: ["base"] });
  });

  it.each<Repository>([
    { id: "base", baseurl: "mirror.example/base", gpgKeys: [] },
    { id: "base", mirror: "https://mirror.example/{snapshot}", snapshot: "", gpgKeys: [] },
    // What a definition in JavaScript can write.
    {
      id: "base",
      mirror: "https://mirror.example/20260101" as "{snapshot}",
      snapshot: "20260101",
      gpgKeys: [],
    },
  ])("refuses %o, whose place is unknown or hides the snapshot", (repository) => {
    expect(repositoryProblem([repository])).toMatchObject({
      reason: "repository-url-invalid",
      repository: "base",
    });
  });
});
