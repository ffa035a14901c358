//! Reads the findings in an assembly: those of an app of this library, and annotations of an app of the CDK.

use std::fs;
use std::path::Path;

use infra_core::{Diagnostic, codes};
use serde_json::{Value as JsonValue, json};

/// Maximum depth of nested assemblies, which the CDK creates for stages.
const DEPTH: usize = 16;

/// CDK metadata types that represent findings, with the corresponding severity.
///
/// <https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.cloud_assembly_schema.ArtifactMetadataEntryType.html>
const ANNOTATIONS: [(&str, &str); 3] = [
    ("aws:cdk:error", "error"),
    ("aws:cdk:warning", "warning"),
    ("aws:cdk:info", "info"),
];

/// Returns the findings of an assembly and its nested assemblies, sorted by severity, the most severe first.
pub(super) fn read_findings(folder: &Path) -> Result<Vec<JsonValue>, Box<Diagnostic>> {
    let own = folder.join("findings.json");
    if own.is_file() {
        let mut document = read_json(&own)?;
        let list = document["findings"].as_array_mut();
        return Ok(list.map(std::mem::take).unwrap_or_default());
    }
    let mut found = Vec::new();
    collect_findings(folder, DEPTH, &mut found)?;
    let weight = |finding: &JsonValue| {
        let severity = finding["severity"].as_str();
        ANNOTATIONS
            .iter()
            .position(|(_, word)| Some(*word) == severity)
    };
    found.sort_by_key(weight);
    Ok(found)
}

fn collect_findings(
    folder: &Path,
    depth: usize,
    found: &mut Vec<JsonValue>,
) -> Result<(), Box<Diagnostic>> {
    let manifest = read_json(&folder.join("manifest.json"))?;
    for missing in manifest["missing"].as_array().into_iter().flatten() {
        found.push(json!({
            "severity": "error",
            "message": format!("the context lookup `{}` has no answer", message_text(&missing["key"])),
            "help": "run `infra synth`, which looks it up and stores the answer in `cdk.context.json`",
        }));
    }
    for (name, artifact) in manifest["artifacts"].as_object().into_iter().flatten() {
        let below = |key: &str| {
            artifact["properties"][key]
                .as_str()
                .map(|file| folder.join(file))
        };
        if let Some(nested) =
            below("directoryName").filter(|_| depth > 0 && artifact["type"] == "cdk:cloud-assembly")
        {
            collect_findings(&nested, depth - 1, found)?;
        }
        add_annotations(name, &artifact["metadata"], found);
        // Newer versions of the CDK can write metadata to a separate file.
        if let Some(file) = artifact["additionalMetadataFile"].as_str() {
            add_annotations(name, &read_json(&folder.join(file))?, found);
        }
    }
    Ok(())
}

/// Adds the annotations in a map from construct path to metadata entries.
fn add_annotations(stack: &str, metadata: &JsonValue, found: &mut Vec<JsonValue>) {
    for (path, entries) in metadata.as_object().into_iter().flatten() {
        for entry in entries.as_array().into_iter().flatten() {
            let kind = entry["type"].as_str();
            let Some((_, severity)) = ANNOTATIONS.iter().find(|(name, _)| Some(*name) == kind)
            else {
                continue;
            };
            found.push(json!({
                "severity": severity,
                "message": message_text(&entry["data"]),
                "constructPath": path.trim_start_matches('/'),
                "stack": stack,
            }));
        }
    }
}

fn message_text(data: &JsonValue) -> String {
    data.as_str()
        .map_or_else(|| data.to_string(), str::to_owned)
}

fn read_json(file: &Path) -> Result<JsonValue, Box<Diagnostic>> {
    let unreadable = |reason: &dyn std::fmt::Display| {
        let message = format!("cannot read `{}`: {reason}", file.display());
        Box::new(Diagnostic::new(codes::ASSEMBLY_NOT_READABLE, message))
    };
    let text = fs::read_to_string(file).map_err(|error| unreadable(&error))?;
    serde_json::from_str(&text).map_err(|error| unreadable(&error))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use serde_json::{Value as JsonValue, json};

    use super::read_findings;

    fn write_json(folder: &std::path::Path, name: &str, document: &JsonValue) {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, document.to_string()).unwrap();
    }

    #[test]
    fn sorts_annotations_of_all_stages_by_severity() {
        let folder = tempfile::tempdir().unwrap();
        let entry = |kind: &str, data: &str| json!({ "type": kind, "data": data });
        write_json(
            folder.path(),
            "manifest.json",
            &json!({
                "version": "48.0.0",
                "missing": [{ "key": "vpc-provider:account=1", "provider": "vpc-provider", "props": {} }],
                "artifacts": {
                    "Web": { "type": "aws:cloudformation:stack", "metadata": {
                        "/Web": [entry("aws:cdk:logicalId", "Web")],
                        "/Web/Queue": [entry("aws:cdk:info", "a queue"), entry("aws:cdk:warning", "no key")],
                    }, "additionalMetadataFile": "Web.metadata.json" },
                    "assembly-Prod": { "type": "cdk:cloud-assembly", "properties": { "directoryName": "prod" } },
                },
            }),
        );
        write_json(
            folder.path(),
            "Web.metadata.json",
            &json!({ "/Web/Topic": [entry("aws:cdk:warning", "open")] }),
        );
        write_json(
            folder.path(),
            "prod/manifest.json",
            &json!({
                "artifacts": { "ProdWeb": { "type": "aws:cloudformation:stack", "metadata": {
                    "/Prod/Web/Bucket": [entry("aws:cdk:error", "public")],
                } } },
            }),
        );
        let found = read_findings(folder.path()).unwrap();
        let lines: Vec<String> = found
            .iter()
            .map(|one| {
                format!(
                    "{} {} {} {}",
                    one["severity"], one["stack"], one["constructPath"], one["message"]
                )
            })
            .collect();
        assert_eq!(
            lines,
            [
                r#""error" null null "the context lookup `vpc-provider:account=1` has no answer""#,
                r#""error" "ProdWeb" "Prod/Web/Bucket" "public""#,
                r#""warning" "Web" "Web/Queue" "no key""#,
                r#""warning" "Web" "Web/Topic" "open""#,
                r#""info" "Web" "Web/Queue" "a queue""#,
            ]
        );
    }

    #[test]
    fn reads_findings_of_synthesis() {
        let folder = tempfile::tempdir().unwrap();
        let finding = json!({ "code": "INF1001", "severity": "warning", "message": "x" });
        write_json(
            folder.path(),
            "findings.json",
            &json!({ "findings": [finding] }),
        );
        assert_eq!(read_findings(folder.path()).unwrap(), [finding]);
    }

    #[test]
    fn reports_missing_manifest() {
        let folder = tempfile::tempdir().unwrap();
        let refused = read_findings(folder.path()).unwrap_err();
        assert!(
            refused.message.contains("manifest.json"),
            "{}",
            refused.message
        );
        write_json(folder.path(), "manifest.json", &json!("{"));
        fs::write(folder.path().join("manifest.json"), "{").unwrap();
        assert!(read_findings(folder.path()).is_err());
    }
}
