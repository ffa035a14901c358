//! API destinations: HTTP endpoints as targets of rules.

use super::imported_destination::target;
use super::{HttpConnection, RuleTarget, Target};
use crate::cfn::events::api_destination;
use crate::cfn::events::{CfnApiDestination, CfnApiDestinationProps, CfnApiDestinationRequired};
use crate::construct::With;
use crate::core::{Arn, IntoValue, Name, Scope, Value};
use crate::kind;

/// Method of the requests to an [`ApiDestination`] or of an HTTP task.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum DestinationMethod {
    /// `DELETE`.
    Delete,
    /// `GET`.
    Get,
    /// `HEAD`.
    Head,
    /// `OPTIONS`.
    Options,
    /// `PATCH`.
    Patch,
    /// `POST`.
    Post,
    /// `PUT`.
    Put,
}

impl DestinationMethod {
    /// Returns the name of the method, such as `POST`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Delete => "DELETE",
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
            Self::Patch => "PATCH",
            Self::Post => "POST",
            Self::Put => "PUT",
        }
    }
}

crate::construct! {
    /// An HTTP endpoint that receives the events of rules.
    ///
    /// Creates an
    /// [`AWS::Events::ApiDestination`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-apidestination.html).
    /// A rule sends requests with a role that may use this destination only. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | method | `POST` | required |
    /// | requests a second | 300 | 300 |
    /// | name | generated | generated |
    ///
    /// ```
    /// use infra_lib::events::{
    ///     ApiDestination, Connection, ConnectionAuthorization, EventPattern, Rule,
    /// };
    /// use infra_lib::secretsmanager::Secret;
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let key = Secret::from_arn("arn:aws:secretsmanager:eu-west-1:111122223333:secret:partner-AbCdEf");
    /// let partner = Connection::builder()
    ///     .authorization(ConnectionAuthorization::api_key("X-Api-Key", key.text()))
    ///     .build(stack, "Partner");
    /// let orders = ApiDestination::of(&partner)
    ///     .endpoint("https://api.example.com/orders")
    ///     .build(stack, "Orders");
    /// Rule::on_event(EventPattern::new().source("shop.orders")).target(&orders).build(stack, "Forward");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct ApiDestination<'app>: "infra-lib.events.ApiDestination" {
        resource: CfnApiDestination<'app>,
    }

    /// Properties of an [`ApiDestination`], set through [`ApiDestination::of`].
    pub struct ApiDestinationProps, ApiDestinationBuilder, api_destination_builder {
        /// ARN of the connection.
        required_value connection_arn: Arn<kind::events::Connection>,
        /// URL of the endpoint, in which `*` stands for values that a rule sets.
        required_value endpoint: String,
        /// Method of the requests. Default: `POST`.
        default method: DestinationMethod = DestinationMethod::Post,
        /// Maximum number of requests a second. Default: 300, as in CloudFormation.
        optional rate_limit: u32,
        /// Physical name of the destination, at most 64 characters. Default: a generated name, so that CloudFormation can
        /// replace the destination.
        text api_destination_name,
        /// Description of the destination, at most 512 characters. Default: none.
        text description,
    }
}

impl<'app> ApiDestination<'app> {
    /// Returns a builder for a destination with the authorization of a connection.
    pub fn of(
        connection: &impl HttpConnection,
    ) -> ApiDestinationBuilder<'app, api_destination_builder::SetConnectionArn> {
        Self::builder().connection_arn(connection.connection_arn())
    }

    fn create(scope: Scope<'app>, props: ApiDestinationProps<'app>) -> Self {
        let method = api_destination::HttpMethod::other(props.method.as_str());
        let resource = CfnApiDestinationProps::new(CfnApiDestinationRequired {
            connection_arn: props.connection_arn.cast(),
            http_method: method.into_value(),
            invocation_endpoint: props.endpoint,
        })
        .with(
            props.rate_limit,
            CfnApiDestinationProps::invocation_rate_limit_per_second,
        )
        .with(props.api_destination_name, CfnApiDestinationProps::name)
        .with(props.description, CfnApiDestinationProps::description)
        .build(scope, "ApiDestination");
        Self { scope, resource }
    }

    /// Returns the ARN of the destination.
    pub fn arn(&self) -> Value<Arn<kind::events::ApiDestination>> {
        self.resource.attr_arn()
    }

    /// Returns the physical name of the destination.
    pub fn api_destination_name(&self) -> Value<Name<kind::events::ApiDestination>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the destination.
    pub fn cfn(&self) -> CfnApiDestination<'app> {
        self.resource
    }
}

/// Sends requests with the role of the rule.
impl<'app> RuleTarget<'app> for ApiDestination<'app> {
    fn rule_target(&self) -> Target<'app> {
        target(self.arn())
    }
}
