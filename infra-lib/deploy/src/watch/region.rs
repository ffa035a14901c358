//! Determines the region of a stack.

use infra_aws::Cloud;
use infra_core::{Diagnostic, codes};
use infra_template::assembly::Stack;

use crate::error::{Class, Error};

/// Returns the region that the app sets for the stack, else the default region of the environment.
pub(crate) fn region_of(cloud: &dyn Cloud, stack: &Stack) -> Result<String, Error> {
    let region = stack.region.clone().or_else(|| cloud.default_region());
    region.ok_or_else(|| {
        let finding = Diagnostic::new(
            codes::NO_REGION,
            format!("the region of stack `{}` is not set", stack.path),
        )
        .help("set AWS_REGION, or the region in the app");
        Error::new(Class::Error, finding)
    })
}
