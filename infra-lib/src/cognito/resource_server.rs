//! APIs with scopes.

use std::panic::Location;

use super::ResourceServerScope;
use crate::cfn::cognito::user_pool_resource_server::ResourceServerScopeType;
use crate::cfn::cognito::{
    CfnUserPoolResourceServer, CfnUserPoolResourceServerProps, CfnUserPoolResourceServerRequired,
};
use crate::construct::With;
use crate::core::{Data, Diagnostic, Id, Scope, Value, codes, sub};
use crate::kind;

crate::construct! {
    /// An API that accepts the tokens of a user pool, with the scopes that applications can ask for.
    ///
    /// Creates an
    /// [`AWS::Cognito::UserPoolResourceServer`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpoolresourceserver.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | name | the identifier | required |
    /// | scopes | none | none |
    ///
    /// ```
    /// use infra_lib::cognito::{OAuth, UserPool, UserPoolClient, UserPoolResourceServer};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let users = UserPool::builder().build(stack, "Users");
    /// let orders = UserPoolResourceServer::builder()
    ///     .user_pool(&users)
    ///     .identifier("orders")
    ///     .define_scope("read", "Read orders")
    ///     .build(stack, "Orders");
    /// UserPoolClient::builder()
    ///     .user_pool(&users)
    ///     .oauth(OAuth::client_credentials(orders.scope("read")))
    ///     .build(stack, "Reports");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct UserPoolResourceServer<'app>: "infra-lib.cognito.UserPoolResourceServer" {
        resource: CfnUserPoolResourceServer<'app>,
    }

    /// Properties of a [`UserPoolResourceServer`], set through [`UserPoolResourceServer::builder`].
    pub struct UserPoolResourceServerProps, UserPoolResourceServerBuilder, user_pool_resource_server_builder {
        /// Names and descriptions of scopes.
        list scopes: (String, String),
        /// User pool: a construct, an imported pool, or an ID.
        required_value user_pool: Id<kind::cognito::UserPool>,
        /// Identifier, with which the names of scopes begin. A change replaces the resource server.
        required_value identifier: String,
        /// Name for people. Default: the identifier.
        text server_name,
    }
}

impl<S: user_pool_resource_server_builder::State> UserPoolResourceServerBuilder<'_, S> {
    /// Defines a scope. Two of the same name are reported (`INF4968`).
    pub fn define_scope(mut self, name: impl Into<String>, description: impl Into<String>) -> Self {
        self.scopes.push((name.into(), description.into()));
        self
    }
}

impl<'app> UserPoolResourceServer<'app> {
    #[track_caller]
    fn create(scope: Scope<'app>, props: UserPoolResourceServerProps<'app>) -> Self {
        let mut names: Vec<String> = Vec::new();
        let mut scopes = Vec::new();
        for (name, description) in props.scopes {
            if names.contains(&name) {
                let message = format!("the resource server has two scopes `{name}`");
                report(scope, message, &name, "one scope of each name");
                continue;
            }
            scopes.push(ResourceServerScopeType::new(description, name.as_str()));
            names.push(name);
        }
        let resource = CfnUserPoolResourceServerProps::new(CfnUserPoolResourceServerRequired {
            name: props
                .server_name
                .unwrap_or_else(|| props.identifier.clone()),
            identifier: props.identifier,
            user_pool_id: props.user_pool,
        })
        .with(
            Some(scopes).filter(|list| !list.is_empty()),
            CfnUserPoolResourceServerProps::scopes,
        )
        .build(scope, "Resource");
        Self { scope, resource }
    }

    /// Returns a scope for [`OAuth`](super::OAuth), with which the client is created after the resource server. An undefined
    /// scope is reported (`INF4968`).
    #[track_caller]
    pub fn scope(&self, name: &str) -> ResourceServerScope {
        let defined = self.defined_scopes();
        if !defined.iter().any(|one| one == name) {
            let message = format!("the resource server has no scope `{name}`");
            let expected = match defined.as_slice() {
                [] => "a scope from `.define_scope(…)`; there is none".to_owned(),
                defined => defined.join(", "),
            };
            report(self.scope.at_caller(), message, name, &expected);
        }
        ResourceServerScope(sub![self.identifier(), "/", name.to_owned()])
    }

    /// Returns the identifier of the resource server.
    pub fn identifier(&self) -> Value<String> {
        self.resource.ref_().cast()
    }

    /// Returns the L1 binding of the resource server.
    pub fn cfn(&self) -> CfnUserPoolResourceServer<'app> {
        self.resource
    }

    fn defined_scopes(&self) -> Vec<String> {
        let scopes = self.resource.prop("Scopes");
        let scopes = scopes.as_ref().and_then(Data::as_list).unwrap_or_default();
        let name = |scope: &Data| scope.pointer("ScopeName")?.as_text().map(str::to_owned);
        scopes.iter().filter_map(name).collect()
    }
}

#[track_caller]
fn report(scope: Scope<'_>, message: String, name: &str, expected: &str) {
    scope.report(
        Diagnostic::new(codes::RESOURCE_SERVER_SCOPE, message)
            .origin(Location::caller())
            .property("Scopes")
            .actual(name)
            .expected(expected)
            .url("https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html"),
    );
}
