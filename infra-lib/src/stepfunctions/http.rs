//! HTTP requests of state machines.

#[cfg(feature = "events")]
use super::integration::{Integration, WithoutCallback, WithoutPayload};
#[cfg(feature = "events")]
use crate::core::{Data, IntoValue, sub};
#[cfg(feature = "events")]
use crate::events::{DestinationMethod, HttpConnection};
#[cfg(feature = "events")]
use crate::iam::Statement;

#[cfg(feature = "events")]
impl Integration<WithoutCallback, WithoutPayload> {
    /// Creates an HTTP request with the authorization of a connection. The machine may send requests with this method to
    /// `endpoint` and to addresses that begin with it, and may read the secret of this connection only.
    ///
    /// The arguments `RequestBody`, `Headers` and `QueryParameters` set the parts of the request, and `ApiEndpoint` an
    /// address that depends on the input. See [call HTTPS APIs](https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html).
    ///
    /// ```
    /// use infra_lib::events::{Connection, DestinationMethod};
    /// use infra_lib::stepfunctions::{Definition, Integration, StateMachine, Task};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let partner = Connection::from_attributes(
    ///     "arn:aws:events:eu-west-1:111122223333:connection/partner/0f1e2d3c",
    ///     "arn:aws:secretsmanager:eu-west-1:111122223333:secret:events!connection/partner/0f1e2d3c-AbCdEf",
    /// );
    /// let order = Integration::http(&partner, DestinationMethod::Post, "https://api.example.com/orders")
    ///     .argument("RequestBody", "{% $states.input %}");
    /// StateMachine::builder().definition(Definition::new(Task::new("Order", order))).build(stack, "Machine");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub fn http(
        connection: &impl HttpConnection,
        method: DestinationMethod,
        endpoint: impl IntoValue<String>,
    ) -> Self {
        let endpoint = endpoint.into_value();
        let connection_arn = connection.connection_arn();
        let authentication = Data::map([("ConnectionArn", connection_arn.clone().into_data())]);
        Self::optimized("http:invoke")
            .argument("ApiEndpoint", endpoint.clone().into_data())
            .argument("Method", method.as_str())
            .argument("Authentication", authentication)
            .statement(
                Statement::allow()
                    .action("events:RetrieveConnectionCredentials")
                    .resource(connection_arn),
            )
            .statement(
                Statement::allow()
                    .actions([
                        "secretsmanager:DescribeSecret",
                        "secretsmanager:GetSecretValue",
                    ])
                    .resource(connection.connection_secret_arn()),
            )
            // The resource is the machine, whose role cannot name it without waiting for itself.
            .statement(
                Statement::allow()
                    .action("states:InvokeHTTPEndpoint")
                    .resource("*")
                    .condition("StringEquals", "states:HTTPMethod", method.as_str())
                    .condition("StringLike", "states:HTTPEndpoint", sub![endpoint, "*"]),
            )
    }
}
