//! Looks up values in the SSM Parameter Store.

use infra_aws::ParameterStore;
use serde::Deserialize;
use serde_json::Value as JsonValue;

use super::{LookupProblem, LookupQuery};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct ParameterQuery {
    parameter_name: String,
}

/// Returns the value of a parameter; a `SecureString` is not decrypted.
pub(super) async fn read_parameter(
    store: &dyn ParameterStore,
    question: &LookupQuery,
    query: &ParameterQuery,
) -> Result<JsonValue, LookupProblem> {
    match (
        store.get_parameter(&query.parameter_name).await?,
        &question.default_value,
    ) {
        (Some(value), _) => Ok(value.into()),
        (None, Some(otherwise)) => Ok(otherwise.clone()),
        (None, None) => LookupProblem::reject(format!(
            "the parameter `{}` does not exist",
            query.parameter_name
        )),
    }
}
