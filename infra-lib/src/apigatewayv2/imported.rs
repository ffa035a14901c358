//! Existing APIs.

use super::execute_arn;
use crate::core::{Id, IntoValue, Value, pseudo};
use crate::iam::{Grant, Identity};
use crate::kind;
use crate::sub;

/// An existing HTTP API, from [`HttpApi::from_id`](super::HttpApi::from_id).
#[derive(Clone, Debug)]
pub struct ImportedHttpApi {
    id: Value<Id<kind::apigatewayv2::Api>>,
}

/// Returns the host of the default endpoint of an API in this region.
pub(super) fn host(id: Value<String>) -> Value<String> {
    sub![
        id,
        ".execute-api.",
        pseudo::region(),
        ".",
        pseudo::url_suffix()
    ]
}

impl ImportedHttpApi {
    pub(super) const fn new(id: Value<Id<kind::apigatewayv2::Api>>) -> Self {
        Self { id }
    }

    /// Returns the ID of the API.
    pub fn id(&self) -> Value<Id<kind::apigatewayv2::Api>> {
        self.id.clone()
    }

    /// Returns the default endpoint of the API in this region.
    pub fn endpoint(&self) -> Value<String> {
        sub!["https://", host(self.id().into_value())]
    }

    /// Allows an identity of the app to send requests to every route with IAM authorization.
    #[track_caller]
    pub fn grant_invoke<'app>(&self, to: &impl Identity<'app>) -> Grant<'app> {
        let requests = execute_arn(self.id().into_value(), "*/*/*");
        Grant::on_imported(to, requests, ["execute-api:Invoke"])
    }
}

/// An existing WebSocket API, from [`WebSocketApi::from_id`](super::WebSocketApi::from_id).
#[derive(Clone, Debug)]
pub struct ImportedWebSocketApi {
    id: Value<Id<kind::apigatewayv2::Api>>,
}

impl ImportedWebSocketApi {
    pub(super) const fn new(id: Value<Id<kind::apigatewayv2::Api>>) -> Self {
        Self { id }
    }

    /// Returns the ID of the API.
    pub fn id(&self) -> Value<Id<kind::apigatewayv2::Api>> {
        self.id.clone()
    }

    /// Allows an identity of the app to send messages to clients of every stage, and to disconnect them.
    #[track_caller]
    pub fn grant_manage_connections<'app>(&self, to: &impl Identity<'app>) -> Grant<'app> {
        let connections = execute_arn(self.id().into_value(), "*/*/@connections/*");
        Grant::on_imported(to, connections, ["execute-api:ManageConnections"])
    }
}
