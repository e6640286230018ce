import { family, mockResolver } from "@imagegate/images";
import { customized } from "./customizations.ts";
import { ami, container, minimalRaw, qcow2 } from "./image-types.ts";
import { fedora43, fedora44 } from "./releases.ts";

export default family({
  releases: [fedora43, fedora44],
  architectures: ["x86_64", "aarch64"],
  types: [qcow2, ami, container, minimalRaw],
  customizations: { empty: {}, customized },
  // Until Fedora's packages are locked, names stand in for them.
  resolver: mockResolver,
});
