//! Logical IDs from construct paths, equal to those of the AWS CDK.

use std::fmt::Write as _;

/// CloudFormation's longest logical ID.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/resources-section-structure.html>
pub const MAX_LENGTH: usize = 255;

/// The readable part is cut here, so that the hash always fits.
const MAX_HUMAN: usize = 240;

/// The component that is left out of the ID and of its hash.
const HIDDEN_FROM_ID: &str = "Default";

/// The component that is left out of the readable part only.
const HIDDEN_FROM_HUMAN: &str = "Resource";

/// The logical ID of the construct at `components`, counted from below its stack.
///
/// One component stays as it is (without what is not alphanumeric); more are joined and followed by
/// eight hexadecimal digits of the MD5 of the path, so that `A/BC` and `AB/C` differ. A stack that the
/// CDK deployed with the same construct paths can therefore be taken over without replacing anything.
///
/// ```
/// # use infra_core::logical_id::logical_id;
/// assert_eq!(logical_id(&["Vpc", "Resource"]), "Vpc8378EB38");
/// assert_eq!(logical_id(&["Bucket"]), "Bucket");
/// ```
pub fn logical_id(components: &[&str]) -> String {
    let components: Vec<&str> = components
        .iter()
        .copied()
        .filter(|part| *part != HIDDEN_FROM_ID)
        .collect();
    if let [only] = components.as_slice() {
        let candidate = alphanumeric(only);
        if candidate.len() <= MAX_LENGTH {
            return candidate;
        }
    }
    let mut human = String::new();
    for part in without_repetition(&components) {
        if part != HIDDEN_FROM_HUMAN {
            human.push_str(&alphanumeric(part));
        }
    }
    human.truncate(MAX_HUMAN);
    let digest = md5::compute(components.join("/"));
    for byte in &digest.0[..4] {
        let _ = write!(human, "{byte:02X}");
    }
    human
}

fn alphanumeric(part: &str) -> String {
    part.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Leaves out a component that the one kept before it already ends with.
fn without_repetition<'a>(components: &[&'a str]) -> Vec<&'a str> {
    let mut kept: Vec<&str> = Vec::with_capacity(components.len());
    for part in components {
        if kept.last().is_none_or(|before| !before.ends_with(part)) {
            kept.push(part);
        }
    }
    kept
}
