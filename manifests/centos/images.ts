import { family, mockResolver } from "@imagegate/images";
import { customized } from "./customizations.ts";
import { ami, container, minimalRaw, qcow2 } from "./image-types.ts";
import { centos10, centos9 } from "./releases.ts";

export default family({
  releases: [centos9, centos10],
  architectures: ["x86_64", "aarch64"],
  types: [qcow2, ami, container, minimalRaw],
  customizations: { empty: {}, customized },
  // Until the packages of CentOS Stream are locked, names stand in for them.
  resolver: mockResolver,
});
