//! Lists of Cargo features in the manifests of `infra-cfn` and `infra-lib`.
//!
//! Only the lines between two markers are written. A service with constructs in `infra-lib` is defined manually above
//! the markers, with the features that its constructs need, and omitted from the list.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use infra_schema::ResourceType;
use infra_schema::catalog::CLOSED;

use super::{Failure, write_file};

const BEGIN: &str = "# services: begin";
const END: &str = "# services: end";

/// Rewrites the lists of both manifests below `out`.
pub(super) fn write_features(
    out: &Path,
    services: &BTreeMap<String, Vec<&ResourceType>>,
) -> Result<(), Failure> {
    let features = group_by_feature(services);
    rewrite_section(&out.join("cfn/Cargo.toml"), |_| render_bindings(&features))?;
    rewrite_section(&out.join("Cargo.toml"), |manifest| {
        render_constructs(&features, &defined_features(manifest))
    })
}

/// Returns each feature with its services: one, except for the feature of closed services.
fn group_by_feature<'s>(
    services: &'s BTreeMap<String, Vec<&ResourceType>>,
) -> BTreeMap<&'s str, Vec<&'s str>> {
    let mut features: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (service, types) in services {
        let closed = types.iter().all(|ty| ty.deprecated);
        let feature = if closed { CLOSED } else { service };
        features.entry(feature).or_default().push(service);
    }
    features
}

fn render_bindings(features: &BTreeMap<&str, Vec<&str>>) -> String {
    let mut lines = String::from("all = [\n");
    for feature in features.keys() {
        let _ = writeln!(lines, "    \"{feature}\",");
    }
    lines.push_str("]\n");
    for (feature, services) in features {
        if *feature == CLOSED {
            let _ = writeln!(lines, "# Closed by AWS: {}.", services.join(", "));
        }
        let _ = writeln!(lines, "{feature} = []");
    }
    lines
}

fn render_constructs(features: &BTreeMap<&str, Vec<&str>>, defined: &BTreeSet<&str>) -> String {
    let mut lines = String::new();
    for feature in features.keys().filter(|name| !defined.contains(*name)) {
        let _ = writeln!(lines, "{feature} = [\"infra-cfn/{feature}\"]");
    }
    lines
}

/// Returns the features that a manifest defines outside the markers.
fn defined_features(manifest: &str) -> BTreeSet<&str> {
    let (before, rest) = manifest.split_once(BEGIN).unwrap_or((manifest, ""));
    let (_, after) = rest.split_once(END).unwrap_or_default();
    let mut in_features = false;
    let mut found = BTreeSet::new();
    for line in before.lines().chain(after.lines()) {
        if line.starts_with('[') {
            in_features = line == "[features]";
        } else if in_features
            && !line.starts_with([' ', '#'])
            && let Some((name, _)) = line.split_once(" = ")
        {
            found.insert(name);
        }
    }
    found
}

/// Rewrites the lines of a manifest between the markers.
fn rewrite_section(path: &Path, lines: impl FnOnce(&str) -> String) -> Result<(), Failure> {
    let text =
        std::fs::read_to_string(path).map_err(|error| Failure::from_file_error(path, error))?;
    let missing =
        || Failure::Unwritable(format!("{} without `{BEGIN}` and `{END}`", path.display()));
    let (before, rest) = text.split_once(BEGIN).ok_or_else(missing)?;
    let (comment, rest) = rest.split_once('\n').ok_or_else(missing)?;
    let (_, after) = rest.split_once(END).ok_or_else(missing)?;
    write_file(
        path,
        &format!("{before}{BEGIN}{comment}\n{}{END}{after}", lines(&text)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_closed_services_and_keeps_manual_features() {
        let ty = |name: &'static str, deprecated| {
            let mut ty = ResourceType::new(name);
            ty.deprecated = deprecated;
            ty
        };
        let types = [
            ty("AWS::Old::A", true),
            ty("AWS::Mixed::A", true),
            ty("AWS::Mixed::B", false),
            ty("AWS::S3::Bucket", false),
            ty("AWS::Older::A", true),
        ];
        let mut services: BTreeMap<String, Vec<&ResourceType>> = BTreeMap::new();
        for ty in &types {
            let service = infra_schema::service_of(&ty.name);
            services.entry(service).or_default().push(ty);
        }
        let features = group_by_feature(&services);
        assert_eq!(
            render_bindings(&features),
            "all = [\n    \"closed\",\n    \"mixed\",\n    \"s3\",\n]\n\
             # Closed by AWS: old, older.\nclosed = []\nmixed = []\ns3 = []\n"
        );
        let manifest = "[package]\nname = \"x\"\n[features]\ns3 = [\n    \"kms\",\n]\n\
                        # services: begin\nmixed = []\n# services: end\n[lints]\nmixed = true\n";
        assert_eq!(defined_features(manifest), BTreeSet::from(["s3"]));
        assert_eq!(
            render_constructs(&features, &defined_features(manifest)),
            "closed = [\"infra-cfn/closed\"]\nmixed = [\"infra-cfn/mixed\"]\n"
        );
    }
}
