//! Express mode, in which AWS reports success once resources are configured, and its limits.
//!
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeploymentConfig.html>

use infra_core::{Diagnostic, codes};

use crate::error::{Class, Error};
use crate::failure::locate_finding;
use infra_template::review::StackReview;

/// Notice that states the limits of express mode before it is used.
pub(super) const LIMITS: &str = "express mode: AWS reports success once resources are configured, before they are ready to serve; \
     failures are not rolled back, and resources cannot be replaced";

/// Refuses changes that replace a resource, or may replace it. Without a rollback, the old resource would be lost.
pub(super) fn refuse_replacements(review: &StackReview) -> Result<(), Error> {
    let replaced = review
        .resources
        .iter()
        .filter(|change| change.replacement.is_possible());
    let findings: Vec<Diagnostic> = replaced
        .map(|change| {
            let finding = Diagnostic::new(
                codes::EXPRESS_REPLACEMENT,
                format!(
                    "`{}` would be replaced, which express mode does not support",
                    change.resource.display_name()
                ),
            )
            .help("deploy without `--express`");
            locate_finding(finding, &change.resource)
        })
        .collect();
    if findings.is_empty() {
        Ok(())
    } else {
        Err(Error::from_findings(Class::Blocked, findings))
    }
}
