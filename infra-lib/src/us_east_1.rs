//! Findings about what AWS looks for in `us-east-1` only.

use crate::{Diagnostic, Severity};

/// Region of the global services.
///
/// See [requirements for
/// certificates](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html).
const US_EAST_1: &str = "us-east-1";

/// Returns a finding if `what` is not in `us-east-1`, with the reason `why`; a warning if its region is
/// not known.
pub(crate) fn find_wrong_region(
    code: crate::Code,
    what: &str,
    why: &str,
    region: Option<&str>,
) -> Option<Diagnostic> {
    let (message, severity) = match region {
        Some(US_EAST_1) => return None,
        Some(region) => (
            format!("{what} is in {region}; {why} only in {US_EAST_1}"),
            code.severity(),
        ),
        None => (
            format!("the region of {what} is not known; {why} only in {US_EAST_1}"),
            Severity::Warning,
        ),
    };
    let finding = Diagnostic::new(code, message).severity(severity);
    Some(
        finding
            .actual(region.unwrap_or("known only at deployment"))
            .expected(US_EAST_1),
    )
}
