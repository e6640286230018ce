/** Invented names in the grammar of real ones, distro-arch-type-config: 2,016 of them, sorted. */
export const SAMPLE_NAMES: readonly string[] = makeNames();

/** The names whose parts satisfy a condition. */
export function namesWhere(
  condition: (distro: string, arch: string, type: string, config: string) => boolean,
): readonly string[] {
  return SAMPLE_NAMES.filter((name) => {
    const [distro = "", arch = "", type = "", config = ""] = name.split("-");
    return condition(distro, arch, type, config);
  });
}

function makeNames(): readonly string[] {
  const distros = [
    ...["fedora_43", "fedora_44", "fedora_45"],
    ...["centos_9", "centos_10", "eln_11"],
    ...["rhel_8.10", "rhel_9.0", "rhel_9.4", "rhel_9.6", "rhel_10.0", "rhel_10.2"],
  ];
  const arches = ["aarch64", "ppc64le", "s390x", "x86_64"];
  const types = [
    ...["ami", "azure_rhui", "edge_commit", "gce", "image_installer", "minimal_raw", "oci"],
    ...["openstack", "ova", "qcow2", "tar", "vhd", "vmdk", "wsl"],
  ];
  const configs = ["empty", "all_customizations", "oscap_cis"];
  const names = distros.flatMap((distro) =>
    arches.flatMap((arch) =>
      types.flatMap((type) => configs.map((config) => `${distro}-${arch}-${type}-${config}`)),
    ),
  );
  return names.toSorted((a, b) => (a < b ? -1 : 1));
}
