//! Services that routes of HTTP APIs call without a function.

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

/// An action of a service, and the permission of the role that calls it.
///
/// No closure: an integration in a variable would otherwise borrow the app until the end of its scope.
#[derive(Clone, Debug)]
pub(super) struct Service<'app> {
    subtype: &'static str,
    permission: Permission<'app>,
}

#[derive(Clone, Debug)]
enum Permission<'app> {
    Send(Queue<'app>),
    Statement(Statement),
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
        match &self.permission {
            Permission::Send(queue) => {
                queue.grant_send(&role);
            }
            Permission::Statement(statement) => role.add_statement(statement.clone()),
        }
        props
            .integration_subtype(self.subtype)
            .credentials_arn(role.arn())
            .payload_format_version("1.0")
    }
}

impl<'app> HttpIntegration<'app> {
    fn service(id: impl Into<String>, subtype: &'static str, permission: Permission<'app>) -> Self {
        let service = Service {
            subtype,
            permission,
        };
        Self::new(id, Backend::Service(service))
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
        Self::service(id, "SQS-SendMessage", Permission::Send(*queue))
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
        let statement = Statement::allow()
            .action("events:PutEvents")
            .resource(bus.bus_arn());
        Self::service(
            id,
            "EventBridge-PutEvents",
            Permission::Statement(statement),
        )
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
        let statement = Statement::allow()
            .action("states:StartExecution")
            .resource(&machine);
        Self::service(
            id,
            "StepFunctions-StartExecution",
            Permission::Statement(statement),
        )
        .request_parameter("StateMachineArn", machine)
        .request_parameter("Input", BODY)
    }
}
