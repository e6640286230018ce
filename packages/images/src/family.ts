import type { Architecture } from "./architecture.ts";
import type { Customizations, ImageType, Release } from "./definition.ts";
import { DefinitionError } from "./failure.ts";
import { image, type Image } from "./image.ts";
import type { PackageResolver } from "./packages/resolver.ts";

/** What a family's images are made of: one image for every combination. */
export interface Family {
  readonly releases: readonly Release[];
  readonly architectures: readonly Architecture[];
  readonly types: readonly ImageType[];
  /** By the name that the set has in names of images. */
  readonly customizations: Readonly<Record<string, Customizations>>;
  /** Where the packages of a release come from. */
  readonly resolver: (release: Release, arch: Architecture) => PackageResolver;
}

/** The images of a family, by release, architecture, type and customizations, each in the order given. */
export function family({
  releases,
  architectures,
  types,
  customizations,
  resolver,
}: Family): readonly Image[] {
  const images = releases.flatMap((release) =>
    architectures.flatMap((arch) =>
      types.flatMap((type) =>
        Object.entries(customizations).map(([set, settings]) =>
          image({
            name: imageName([`${release.distro}_${release.version}`, arch, type.name, set]),
            release,
            arch,
            type,
            resolver: resolver(release, arch),
            customizations: settings,
          }),
        ),
      ),
    ),
  );
  refuseCollisions(images);
  return images;
}

/** The name of an image: its parts joined with `-`, which inside a part becomes `_`. */
export function imageName(parts: readonly string[]): string {
  return parts.map((part) => part.replaceAll("-", "_")).join("-");
}

/** Names are file names, and some file systems do not tell the case of letters. */
function refuseCollisions(images: readonly Image[]): void {
  const folded = images.map(({ name }) => name.toLowerCase());
  const isRepeated = (name: string): boolean => folded.indexOf(name) !== folded.lastIndexOf(name);
  const names = images.map(({ name }) => name).filter((name) => isRepeated(name.toLowerCase()));
  if (names.length > 0) throw new DefinitionError({ reason: "image-names-collide", names });
}
