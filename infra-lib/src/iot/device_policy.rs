//! The [`DevicePolicy`] construct.

use super::sql::filter_problem;
use super::topic::iot_arn;
use crate::cfn::iot::{CfnPolicy, CfnPolicyPrincipalAttachmentProps, CfnPolicyProps};
use crate::construct::With;
use crate::core::{Arn, Construct, Diagnostic, IntoValue, Name, Scope, Value, codes, value};
use crate::iam::{PolicyDocument, PolicyUse, Statement};
use crate::import::check_form;
use crate::kind;

/// The name of the thing that a device connects as, in policies.
const THING: &str = "${iot:Connection.Thing.ThingName}";

/// The form of names of policies, for people.
const SHOWN_NAME: &str = "the name of a policy: at most 128 letters, digits and `_+=,.@-`";

/// Access of devices to topics, as one setter names it.
#[derive(Clone, Debug)]
enum Access {
    ConnectAsThing,
    Publish(String),
    Subscribe(String),
    Statement(Statement),
}

crate::construct! {
    /// A policy of AWS IoT: the topics that devices with certain certificates may use.
    ///
    /// Creates an
    /// [`AWS::IoT::Policy`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iot-policy.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | connection | none, until [`connect_as_thing`](DevicePolicyBuilder::connect_as_thing) allows it for the ID of the thing | none |
    /// | topics | none | none |
    ///
    /// `{thing}` in a topic stands for the name of the thing that is connected, so that one policy serves all devices, and none
    /// reads or writes the topics of others. See [AWS IoT Core
    /// policies](https://docs.aws.amazon.com/iot/latest/developerguide/iot-policies.html).
    ///
    /// ```
    /// use infra_lib::iot::DevicePolicy;
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Devices");
    /// DevicePolicy::builder()
    ///     .connect_as_thing()
    ///     .publish("devices/{thing}/state")
    ///     .subscribe("devices/{thing}/commands/#")
    ///     .build(stack, "Policy");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct DevicePolicy<'app>: "infra-lib.iot.DevicePolicy" {
        resource: CfnPolicy<'app>,
    }

    /// Properties of a [`DevicePolicy`], set through [`DevicePolicy::builder`].
    pub struct DevicePolicyProps, DevicePolicyBuilder, device_policy_builder {
        /// Access of the devices, in the order in which it was added.
        list access: Access,
        /// Physical name of the policy. Default: a generated name. Changing it replaces the policy.
        text policy_name,
    }
}

crate::import! {
    /// An existing policy of devices, from [`DevicePolicy::from_name`].
    ///
    /// Certificates can be attached to it. Its statements are properties of the policy itself, so they are set where it is created.
    ///
    /// ```
    /// # use infra_lib::{App, Stack, iot::DevicePolicy};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Devices");
    /// let policy = DevicePolicy::from_name(stack, "Sensors", "sensors");
    /// policy.attach("Certificate", "arn:aws:iot:eu-west-1:111122223333:cert/0a1b2c3d4e5f");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct ImportedDevicePolicy<'app>: "infra-lib.iot.ImportedDevicePolicy" {
        /// Returns the name of the policy.
        policy_name: Name<kind::iot::Policy>,
    }
}

impl<S: device_policy_builder::State> DevicePolicyBuilder<'_, S> {
    /// Allows a device to connect with the name of its thing as client ID, if its certificate is attached to the thing.
    pub fn connect_as_thing(mut self) -> Self {
        self.access.push(Access::ConnectAsThing);
        self
    }

    /// Allows to publish to a topic, in which `{thing}` stands for the name of the thing, and `+` and `#` for levels.
    pub fn publish(mut self, topic: &str) -> Self {
        self.access.push(Access::Publish(topic.to_owned()));
        self
    }

    /// Allows to subscribe to a topic filter and to receive its messages; `{thing}` stands for the name of the thing.
    pub fn subscribe(mut self, filter: &str) -> Self {
        self.access.push(Access::Subscribe(filter.to_owned()));
        self
    }

    /// Adds a statement, such as one for shadows or jobs.
    pub fn statement(mut self, statement: Statement) -> Self {
        self.access.push(Access::Statement(statement));
        self
    }
}

impl<'app> DevicePolicy<'app> {
    fn create(scope: Scope<'app>, props: DevicePolicyProps<'app>) -> Self {
        let mut document = PolicyDocument::new();
        for access in props.access {
            for statement in statements(scope, access) {
                document = document.statement(statement);
            }
        }
        let resource = CfnPolicyProps::new(document)
            .with(props.policy_name, CfnPolicyProps::policy_name)
            .build(scope, "Resource");
        Self { scope, resource }
    }

    /// Imports an existing policy of the account and region by its name. A literal with other characters than those of names of
    /// policies is reported (`INF8026`).
    #[track_caller]
    pub fn from_name(
        scope: impl Construct<'app>,
        id: &str,
        policy_name: impl IntoValue<Name<kind::iot::Policy>>,
    ) -> ImportedDevicePolicy<'app> {
        let given = policy_name.into_value();
        let policy = ImportedDevicePolicy::import(scope, id, given.clone());
        check_form(&policy, &given, SHOWN_NAME, is_name);
        policy
    }

    /// Attaches the policy to a certificate, by its ARN, or to an identity of Cognito, as the construct `id`.
    #[track_caller]
    pub fn attach(&self, id: &str, principal: impl IntoValue<String>) {
        attach(self.scope.at_caller(), id, principal, self.policy_name());
    }

    /// Returns the ARN of the policy.
    pub fn arn(&self) -> Value<Arn<kind::iot::Policy>> {
        self.resource.attr_arn()
    }

    /// Returns the name of the policy.
    pub fn policy_name(&self) -> Value<Name<kind::iot::Policy>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the policy.
    pub fn cfn(&self) -> CfnPolicy<'app> {
        self.resource
    }
}

impl ImportedDevicePolicy<'_> {
    /// Attaches the policy to a certificate, by its ARN, or to an identity of Cognito, as the construct `id`.
    #[track_caller]
    pub fn attach(&self, id: &str, principal: impl IntoValue<String>) {
        attach(self.scope.at_caller(), id, principal, self.policy_name());
    }
}

fn attach(
    scope: Scope<'_>,
    id: &str,
    principal: impl IntoValue<String>,
    policy_name: Value<Name<kind::iot::Policy>>,
) {
    let scope = scope.library_construct(id, "infra-lib.iot.PolicyPrincipalAttachment");
    CfnPolicyPrincipalAttachmentProps::new(policy_name.cast::<String>(), principal)
        .build(scope, "Resource");
}

/// Returns true for names that [`CreatePolicy`](https://docs.aws.amazon.com/iot/latest/apireference/API_CreatePolicy.html) accepts.
fn is_name(text: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte);
    (1..=128).contains(&text.len()) && text.bytes().all(is_word)
}

/// Returns the statements of one access.
fn statements(scope: Scope<'_>, access: Access) -> Vec<Statement> {
    let allow = |action: &'static str, kind, name: &str| {
        Statement::allow()
            .action(action)
            .resource(iot_arn(kind, value(literal(name))))
    };
    match access {
        Access::ConnectAsThing => {
            let connect = allow("iot:Connect", "client/", "{thing}");
            vec![connect.condition("Bool", "iot:Connection.Thing.IsAttached", "true")]
        }
        Access::Publish(topic) => {
            check_topic(scope, &topic);
            vec![allow("iot:Publish", "topic/", &as_pattern(&topic))]
        }
        Access::Subscribe(filter) => {
            check_topic(scope, &filter);
            vec![
                allow("iot:Subscribe", "topicfilter/", &filter),
                allow("iot:Receive", "topic/", &as_pattern(&filter)),
            ]
        }
        Access::Statement(statement) => {
            statement.check_complete(PolicyUse::Identity, scope);
            vec![statement]
        }
    }
}

/// Returns the pattern of a policy that matches the topics of a filter: `*` in place of wildcards of MQTT.
fn as_pattern(filter: &str) -> String {
    let levels = filter.split('/').map(|level| match level {
        "+" | "#" => "*",
        other => other,
    });
    levels.collect::<Vec<_>>().join("/")
}

/// Replaces `{thing}` by the variable of policies.
fn literal(name: &str) -> String {
    name.replace("{thing}", THING)
}

/// Reports a filter that is not valid, and one that contains the topics of every device.
fn check_topic(scope: Scope<'_>, topic: &str) {
    if let Some(problem) = filter_problem(topic) {
        scope.report(
            Diagnostic::new(
                codes::DEVICE_POLICY_TOPIC,
                format!("a policy of devices has a topic that never matches: {problem}"),
            )
            .property("PolicyDocument")
            .actual(topic)
            .expected("a topic such as `devices/{thing}/state`")
            .help("`+` stands for one level, `#` at the end for any number of them"),
        );
    } else if matches!(topic, "#" | "*" | "+/#") {
        scope.report(
            Diagnostic::new(
                codes::DEVICE_POLICY_OPEN,
                "a policy lets each device use the topics of all others",
            )
            .property("PolicyDocument")
            .actual(topic)
            .expected("the topics of the device, such as `devices/{thing}/#`")
            .help("name the thing in the topic: one compromised device then affects no other")
            .url("https://docs.aws.amazon.com/iot/latest/developerguide/example-iot-policies.html"),
        );
    }
}
