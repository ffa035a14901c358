//! Existing REST APIs.

use crate::apigatewayv2::execute_arn;
use crate::core::{Id, IntoValue, Value};
use crate::iam::{Grant, Identity};
use crate::kind;

/// An existing REST API, from [`RestApi::from_attributes`](super::RestApi::from_attributes).
#[derive(Clone, Debug)]
pub struct ImportedRestApi {
    id: Value<Id<kind::apigateway::RestApi>>,
    name: Value<String>,
}

impl ImportedRestApi {
    pub(super) const fn new(id: Value<Id<kind::apigateway::RestApi>>, name: Value<String>) -> Self {
        Self { id, name }
    }

    /// Returns the ID of the API.
    pub fn id(&self) -> Value<Id<kind::apigateway::RestApi>> {
        self.id.clone()
    }

    /// Returns the name of the API, which its metrics have.
    pub fn api_name(&self) -> Value<String> {
        self.name.clone()
    }

    /// Allows an identity of the app to send requests to every method with IAM authorization.
    #[track_caller]
    pub fn grant_invoke<'app>(&self, to: &impl Identity<'app>) -> Grant<'app> {
        let requests = execute_arn(self.id().into_value(), "*/*/*");
        Grant::on_imported(to, requests, ["execute-api:Invoke"])
    }
}
