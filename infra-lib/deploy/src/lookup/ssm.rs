//! Looks up values in the SSM Parameter Store.

use infra_aws::ParameterStore;
use serde::Deserialize;
use serde_json::Value as JsonValue;

use super::{Problem, Question};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct ParameterQuery {
    parameter_name: String,
}

/// Returns the value of a parameter; a `SecureString` is not decrypted.
pub(super) async fn parameter(
    store: &dyn ParameterStore,
    question: &Question,
    query: &ParameterQuery,
) -> Result<JsonValue, Problem> {
    match (
        store.value(&query.parameter_name).await?,
        &question.otherwise,
    ) {
        (Some(value), _) => Ok(value.into()),
        (None, Some(otherwise)) => Ok(otherwise.clone()),
        (None, None) => {
            Problem::refused(format!("the parameter `{}` does not exist", query.parameter_name))
        }
    }
}
