//! Derives logical IDs from construct paths. The results are equal to those of the AWS CDK.

use std::fmt::Write as _;

/// CloudFormation's longest logical ID.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/resources-section-structure.html>
pub const MAX_LENGTH: usize = 255;

/// Length at which the readable part is cut, so that the hash always fits.
const MAX_HUMAN: usize = 240;

/// Path component that is left out of the readable part and of the hash.
const HIDDEN_FROM_ID: &str = "Default";

/// Path component that is left out of the readable part only.
const HIDDEN_FROM_HUMAN: &str = "Resource";

/// Returns the logical ID of the construct at `components`, the path below its stack.
///
/// A single component is used without a hash, reduced to its alphanumeric characters. Several components are joined and followed by the first eight
/// hexadecimal digits of the MD5 of the path, so that `A/BC` and `AB/C` differ. A stack deployed by the CDK with the same construct paths can
/// therefore be taken over without replacing resources.
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
        let candidate = retain_alphanumeric(only);
        if candidate.len() <= MAX_LENGTH {
            return candidate;
        }
    }
    let mut human = String::new();
    for part in without_repetition(&components) {
        if part != HIDDEN_FROM_HUMAN {
            human.push_str(&retain_alphanumeric(part));
        }
    }
    human.truncate(MAX_HUMAN);
    let digest = md5::compute(components.join("/"));
    for byte in &digest.0[..4] {
        let _ = write!(human, "{byte:02X}");
    }
    human
}

fn retain_alphanumeric(part: &str) -> String {
    part.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Leaves out each component that the last kept component already ends with.
fn without_repetition<'a>(components: &[&'a str]) -> Vec<&'a str> {
    let mut kept: Vec<&str> = Vec::with_capacity(components.len());
    for part in components {
        if kept.last().is_none_or(|before| !before.ends_with(part)) {
            kept.push(part);
        }
    }
    kept
}
