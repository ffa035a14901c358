//! The trait [`ParameterStore`] for Systems Manager Parameter Store, with the operations that a deployment uses.

use std::fmt::Debug;

use async_trait::async_trait;

use super::ApiError;

/// Systems Manager Parameter Store in one region, limited to reading plain parameters.
#[async_trait]
pub trait ParameterStore: Debug + Send + Sync {
    /// Returns the value of a parameter, or `None` if it does not exist.
    async fn get_parameter(&self, name: &str) -> Result<Option<String>, ApiError>;
}
