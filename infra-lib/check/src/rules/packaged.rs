//! Properties that `aws cloudformation package` writes: a local path, or the URI of an object in S3, becomes a map with bucket and key.
//!
//! AWS: <https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html>

use infra_core::{Diagnostic, Severity, codes};

use crate::view::Spot;

/// Types with the paths of properties that the command replaces by a map.
const REPLACED: [(&str, &str); 6] = [
    ("AWS::ApiGateway::RestApi", "BodyS3Location"),
    ("AWS::CodeCommit::Repository", "Code.S3"),
    ("AWS::ElasticBeanstalk::ApplicationVersion", "SourceBundle"),
    ("AWS::Lambda::Function", "Code"),
    ("AWS::Lambda::LayerVersion", "Content"),
    ("AWS::StepFunctions::StateMachine", "DefinitionS3Location"),
];

/// Makes the finding about text in such a property a warning: CloudFormation refuses the text, but the template may not be packaged yet.
pub(super) fn judge_path(
    type_name: &str,
    finding: Diagnostic,
    value: Option<Spot<'_>>,
) -> Diagnostic {
    let property = finding.property.as_deref().unwrap_or_default();
    let is_replaced = REPLACED.contains(&(type_name, property));
    let is_text = value.is_some_and(|spot| spot.value.as_text().is_some());
    if finding.code != codes::WRONG_TYPE || !is_replaced || !is_text {
        return finding;
    }
    finding
        .severity(Severity::Warning)
        .help("run `aws cloudformation package`, which uploads the file and writes a map with bucket and key")
}
