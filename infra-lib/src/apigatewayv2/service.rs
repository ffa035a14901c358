//! Services that routes of HTTP APIs call without a function.

use std::fmt;
use std::rc::Rc;

use super::HttpIntegration;
use super::integration::Backend;
use crate::cfn::apigatewayv2::CfnIntegrationProps;
use crate::core::{Arn, IntoValue, Scope};
use crate::events::Bus;
use crate::iam::{Principal, Role, Statement};
use crate::kind;
use crate::sqs::Queue;

/// Body of the request, from which the service receives its input.
const BODY: &str = "$request.body";

/// An action of a service, with the function that permits a role to call it.
#[derive(Clone)]
pub(super) struct Service<'app> {
    subtype: &'static str,
    permit: Rc<dyn Fn(&Role<'app>) + 'app>,
}

impl<'app> Service<'app> {
    /// Sets the properties of the integration, and adds the role with which API Gateway calls the service.
    #[track_caller]
    pub(super) fn set(
        &self,
        props: CfnIntegrationProps,
        route: Scope<'app>,
    ) -> CfnIntegrationProps {
        let role = Role::builder()
            .assumed_by(Principal::service("apigateway.amazonaws.com"))
            .build(route, "InvokeRole");
        (self.permit)(&role);
        props
            .integration_subtype(self.subtype)
            .credentials_arn(role.arn())
            .payload_format_version("1.0")
    }
}

impl fmt::Debug for Service<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service")
            .field("subtype", &self.subtype)
            .finish_non_exhaustive()
    }
}

impl<'app> HttpIntegration<'app> {
    fn service(
        id: impl Into<String>,
        subtype: &'static str,
        permit: impl Fn(&Role<'app>) + 'app,
    ) -> Self {
        let permit = Rc::new(permit);
        Self::new(id, Backend::Service(Service { subtype, permit }))
    }

    /// Creates a backend that sends the body of each request to a queue.
    ///
    /// ```
    /// use infra_lib::apigatewayv2::{HttpApi, HttpIntegration, HttpMethod};
    /// use infra_lib::sqs::Queue;
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let orders = Queue::builder().build(stack, "Orders");
    /// let api = HttpApi::builder().build(stack, "Api");
    /// api.add_route(HttpMethod::Post, "/orders", &HttpIntegration::send_message("Orders", &orders));
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub fn send_message(id: impl Into<String>, queue: &Queue<'app>) -> Self {
        let to = *queue;
        Self::service(id, "SQS-SendMessage", move |role| {
            to.grant_send(role);
        })
        .request_parameter("QueueUrl", queue.queue_url())
        .request_parameter("MessageBody", BODY)
    }

    /// Creates a backend that puts an event with the body of each request as `detail` into an event bus.
    pub fn put_events(
        id: impl Into<String>,
        bus: &impl Bus<'app>,
        source: impl IntoValue<String>,
        detail_type: impl IntoValue<String>,
    ) -> Self {
        let arn = bus.bus_arn();
        Self::service(id, "EventBridge-PutEvents", move |role| {
            role.add_statement(Statement::allow().action("events:PutEvents").resource(&arn));
        })
        .request_parameter("EventBusName", bus.bus_name())
        .request_parameter("Source", source)
        .request_parameter("DetailType", detail_type)
        .request_parameter("Detail", BODY)
    }

    /// Creates a backend that starts an execution of a standard state machine with the body of each request as input.
    pub fn start_execution(
        id: impl Into<String>,
        state_machine_arn: impl IntoValue<Arn<kind::stepfunctions::StateMachine>>,
    ) -> Self {
        let machine = state_machine_arn.into_value();
        let arn = machine.clone();
        Self::service(id, "StepFunctions-StartExecution", move |role| {
            role.add_statement(
                Statement::allow()
                    .action("states:StartExecution")
                    .resource(&arn),
            );
        })
        .request_parameter("StateMachineArn", machine)
        .request_parameter("Input", BODY)
    }
}
