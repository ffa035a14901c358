//! AWS over the SDK.

use std::sync::Arc;

use infra_core::{Diagnostic, codes};

use crate::cloud::Cloud;
use crate::error::{Class, Error};

/// AWS as environment and profile describe it.
pub async fn connect() -> Result<Arc<dyn Cloud>, Error> {
    let finding = Diagnostic::new(codes::BAD_AWS_CONFIGURATION, "not connected yet");
    Err(Error::new(Class::Error, finding))
}
