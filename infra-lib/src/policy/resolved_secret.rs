//! Policy INF5005: reports dynamic references that put the text of a secret into readable places.
//!
//! CloudFormation replaces `{{resolve:secretsmanager:…}}` with the text of the secret. That is intended for the
//! password of a database; in an environment variable, user data, an output or a parameter it exposes the secret.

use super::{Rule, property_finding, secret_in_environment};
use crate::core::{Data, Diagnostic, codes};

/// Properties that many users and systems can read.
const READABLE: &[(&str, &str)] = &[
    ("AWS::EC2::Instance", "UserData"),
    ("AWS::EC2::LaunchTemplate", "LaunchTemplateData.UserData"),
    ("AWS::AutoScaling::LaunchConfiguration", "UserData"),
    ("AWS::SSM::Parameter", "Value"),
    ("AWS::ECS::TaskDefinition", "Tags"),
];

pub(super) const RULE: Rule = Rule {
    code: codes::RESOLVED_SECRET,
    check: |template, findings| {
        for (resource, property, name, value) in secret_in_environment::plain_variables(template) {
            if resolves_secret(value) {
                findings.push(
                    property_finding(
                        RULE.code,
                        resource,
                        &property,
                        format!(
                            "the environment variable `{name}` exposes the text of a secret"
                        ),
                    )
                    .help(format!(
                        "pass the secret to the container with `.secret(\"{name}\", secret.field(\"…\"))`"
                    )),
                );
            }
        }
        for (kind, property) in READABLE {
            for resource in template.resources_of_type(kind) {
                if resource.prop(property).is_some_and(resolves_secret) {
                    findings.push(
                        property_finding(
                            RULE.code,
                            resource,
                            property,
                            "the property exposes the text of a secret",
                        )
                        .help("pass the ARN of the secret, and read the secret where it is needed"),
                    );
                }
            }
        }
        for (name, output) in &template.outputs {
            if output.get("Value").is_some_and(resolves_secret) {
                findings.push(
                    Diagnostic::new(
                        RULE.code,
                        format!("the output `{name}` exposes the text of a secret"),
                    )
                    .property(format!("Outputs.{name}.Value"))
                    .help("output the ARN of the secret instead"),
                );
            }
        }
    },
};

/// Returns `true` if a literal text inside `data` begins a dynamic reference to a secret.
fn resolves_secret(data: &Data) -> bool {
    // The debug form also shows the parts of `Fn::Sub` and `Fn::Join`.
    let text = format!("{data:?}");
    text.contains("{{resolve:secretsmanager:") || text.contains("{{resolve:ssm-secure:")
}
