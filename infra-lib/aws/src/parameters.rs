//! The operations of Systems Manager Parameter Store that are used.

use std::fmt::Debug;

use async_trait::async_trait;

use super::ApiError;

/// Parameter Store in a region.
#[async_trait]
pub trait ParameterStore: Debug + Send + Sync {
    /// The value of a parameter; `None` when there is no parameter of that name.
    async fn value(&self, name: &str) -> Result<Option<String>, ApiError>;
}
