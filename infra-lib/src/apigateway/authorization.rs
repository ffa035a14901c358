//! Conditions under which a method of a REST API accepts requests.

use crate::cfn::apigateway::{CfnMethod, CfnRestApi};
use crate::core::{Construct, Data, Diagnostic, Id, IntoValue, NodeId, Value, codes};
use crate::kind;

/// Condition under which a method accepts requests: from an authorizer, or one of the constructors.
#[derive(Clone, Debug)]
pub struct RestAuthorization {
    kind: &'static str,
    authorizer: Option<Authorizer>,
    scopes: Vec<Value<String>>,
}

#[derive(Clone, Debug)]
struct Authorizer {
    id: Value<Id<kind::apigateway::Authorizer>>,
    api: NodeId,
}

impl RestAuthorization {
    const fn without_authorizer(kind: &'static str) -> Self {
        Self {
            kind,
            authorizer: None,
            scopes: Vec::new(),
        }
    }

    /// Creates the condition that requests are signed by a principal with permission; see
    /// [`RestMethod::grant_invoke`](super::RestMethod::grant_invoke).
    pub const fn iam() -> Self {
        Self::without_authorizer("AWS_IAM")
    }

    /// Creates the condition that every request fulfils. It is reported on a method of an API that has a default
    /// authorization (`INF4924`).
    pub const fn public() -> Self {
        Self::without_authorizer("NONE")
    }

    pub(super) const fn by(
        kind: &'static str,
        id: Value<Id<kind::apigateway::Authorizer>>,
        api: NodeId,
    ) -> Self {
        Self {
            kind,
            authorizer: Some(Authorizer { id, api }),
            scopes: Vec::new(),
        }
    }

    pub(super) fn scopes<V: IntoValue<String>>(
        mut self,
        scopes: impl IntoIterator<Item = V>,
    ) -> Self {
        self.scopes
            .extend(scopes.into_iter().map(IntoValue::into_value));
        self
    }

    pub(super) fn is_public(&self) -> bool {
        self.kind == "NONE"
    }

    /// Sets the properties of a method, and reports an authorizer of another API (`INF4925`).
    #[track_caller]
    pub(super) fn apply(&self, method: CfnMethod<'_>, api: CfnRestApi<'_>) {
        method.override_prop("AuthorizationType", Data::from(self.kind));
        method.remove_prop("AuthorizerId");
        method.remove_prop("AuthorizationScopes");
        if let Some(authorizer) = &self.authorizer {
            method.override_prop("AuthorizerId", authorizer.id.clone());
            if authorizer.api != api.scope().node_id() {
                method.scope().report(
                    Diagnostic::new(
                        codes::AUTHORIZER_OF_OTHER_API,
                        "a method uses an authorizer of another API",
                    )
                    .origin(std::panic::Location::caller())
                    .property("AuthorizerId")
                    .help("create an authorizer for this API: `.api(&api)`")
                    .url("https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html"),
                );
            }
        }
        if !self.scopes.is_empty() {
            let scopes = self.scopes.iter().cloned().map(Data::from);
            method.override_prop("AuthorizationScopes", Data::list(scopes));
        }
    }
}
