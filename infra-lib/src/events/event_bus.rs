//! Event buses.

use super::Bus;
use crate::cfn::events::event_bus::DeadLetterConfig;
use crate::cfn::events::{CfnEventBus, CfnEventBusPolicyProps, CfnEventBusProps};
use crate::construct::With;
use crate::core::{Arn, Data, IntoValue, Name, Scope, Value, intrinsics, pseudo, sub, value};
use crate::iam::{
    Grant, Grantable, Identity, PolicyDocument, PolicyUse, Principal, ResourcePolicy, Statement,
};
use crate::kind;
use crate::kms::{AsKey, KeyRef};
use crate::unique_name::unique_name;

crate::construct! {
    /// A custom event bus, for the events of applications.
    ///
    /// Creates an
    /// [`AWS::Events::EventBus`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbus.html).
    /// Events of AWS services arrive on the [default bus](Self::default_bus). Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | name | derived from the stack and the construct path | required |
    /// | publishers | principals of the account with a permission | the same |
    /// | encryption | with a key of EventBridge | the same |
    /// | events that cannot be delivered to a target | dropped after 24 hours, unless a target has a dead-letter queue | the same |
    ///
    /// ```
    /// use infra_lib::events::{EventBus, EventPattern, Rule};
    /// use infra_lib::logs::LogGroup;
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Shop");
    /// let bus = EventBus::builder().build(stack, "Orders");
    /// let audit = LogGroup::builder().build(stack, "Audit");
    /// Rule::on_event(EventPattern::new().source("shop.orders"))
    ///     .event_bus(&bus)
    ///     .target(&audit)
    ///     .build(stack, "AuditOrders");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct EventBus<'app>: "infra-lib.events.EventBus" {
        bus: CfnEventBus<'app>,
    }

    /// Properties of an [`EventBus`], set through [`EventBus::builder`].
    pub struct EventBusProps, EventBusBuilder, event_bus_builder {
        /// Physical name of the event bus, at most 256 characters. Default: derived from the stack and the construct
        /// path, since CloudFormation generates none.
        text event_bus_name,
        /// Description of the event bus, at most 512 characters. Default: none.
        text description,
        /// KMS key that encrypts the events; EventBridge gets permission to use it in the key policy. Default: a key of
        /// EventBridge.
        reference encryption_key: AsKey::as_key => KeyRef<'app>,
        /// ARN of a standard queue of SQS for events that EventBridge cannot encrypt or decrypt. The policy of the queue
        /// must allow `events.amazonaws.com` to send messages. Default: none.
        value dead_letter_queue_arn: Arn<kind::sqs::Queue>,
    }
}

impl<'app> EventBus<'app> {
    fn create(scope: Scope<'app>, props: EventBusProps<'app>) -> Self {
        let name = props
            .event_bus_name
            .unwrap_or_else(|| value(unique_name(scope, "Resource", 256)));
        if let Some(key) = props.encryption_key {
            allow_use(key, &name);
        }
        let queue = props.dead_letter_queue_arn;
        let bus = CfnEventBusProps::new(&name)
            .with(props.description, CfnEventBusProps::description)
            .with(
                props.encryption_key.map(|key| key.arn()),
                CfnEventBusProps::kms_key_identifier,
            )
            .with(
                queue.map(|arn| DeadLetterConfig::new().arn(arn)),
                CfnEventBusProps::dead_letter_config,
            )
            .build(scope, "Resource");
        Self { scope, bus }
    }

    /// Returns the default event bus of the account and region, which receives the events of AWS services.
    pub fn default_bus() -> ImportedEventBus {
        Self::from_name("default")
    }

    /// Imports an existing event bus of the same account and region by its name.
    pub fn from_name(name: impl IntoValue<Name<kind::events::EventBus>>) -> ImportedEventBus {
        let name = name.into_value();
        ImportedEventBus {
            arn: arn(&name.clone().cast()).cast(),
            name: name.cast(),
        }
    }

    /// Imports an existing event bus by its ARN. Its policy does not belong to this app.
    pub fn from_arn(arn: impl IntoValue<Arn<kind::events::EventBus>>) -> ImportedEventBus {
        let arn = arn.into_value();
        let name = match arn
            .as_literal()
            .and_then(|text| text.split_once("event-bus/"))
        {
            Some((_, name)) => value(name),
            None => intrinsics::select(1, intrinsics::split("event-bus/", &arn)),
        };
        ImportedEventBus {
            name: Value::<String>::cast(name),
            arn,
        }
    }

    /// Returns the ARN of the event bus.
    pub fn arn(&self) -> Value<Arn<kind::events::EventBus>> {
        self.bus.attr_arn()
    }

    /// Returns the physical name of the event bus.
    pub fn event_bus_name(&self) -> Value<Name<kind::events::EventBus>> {
        self.bus.ref_()
    }

    /// Returns the L1 binding of the event bus.
    pub fn cfn(&self) -> CfnEventBus<'app> {
        self.bus
    }

    /// Allows a principal to publish events to the bus.
    #[track_caller]
    pub fn grant_put_events(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        Grant::to(to)
            .action("events:PutEvents")
            .resource(self.arn())
            .on(self)
    }
}

fn arn(name: &Value<String>) -> Value<String> {
    sub![
        "arn:",
        pseudo::partition(),
        ":events:",
        pseudo::region(),
        ":",
        pseudo::account_id(),
        ":event-bus/",
        name
    ]
}

/// Allows EventBridge to encrypt the events of a bus.
///
/// See [encryption of event
/// buses](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-cmkey.html).
fn allow_use(key: KeyRef<'_>, bus_name: &Value<String>) {
    let service = || Principal::service("events.amazonaws.com");
    key.add_statement(
        Statement::allow()
            .principal(service().for_this_account())
            .action("kms:DescribeKey")
            .resource("*"),
    );
    key.add_statement(
        Statement::allow()
            .principal(service().for_this_account())
            .actions(["kms:Decrypt", "kms:GenerateDataKey"])
            .resource("*")
            .condition(
                "StringEquals",
                "kms:EncryptionContext:aws:events:event-bus:arn",
                arn(bus_name),
            ),
    );
}

impl<'app> Bus<'app> for EventBus<'app> {
    fn bus_arn(&self) -> Value<Arn<kind::events::EventBus>> {
        self.arn()
    }

    fn bus_name(&self) -> Value<Name<kind::events::EventBus>> {
        self.event_bus_name()
    }
}

impl<'app> ResourcePolicy<'app> for EventBus<'app> {
    /// Adds an `AWS::Events::EventBusPolicy` with the statement.
    #[track_caller]
    fn add_to_resource_policy(&self, statement: Statement) {
        statement.check_complete(PolicyUse::Resource, self.scope);
        let number = self.scope.children().len() - 1;
        let id = format!("Statement{number}");
        let document = Data::from(PolicyDocument::new().statement(statement.sid(&id)));
        let statement = document.pointer("Statement.0").cloned();
        CfnEventBusPolicyProps::new(id.as_str())
            .event_bus_name(self.event_bus_name())
            .with(statement, CfnEventBusPolicyProps::statement)
            .build(
                self.scope.at_caller().construct(&format!("Policy{number}")),
                "Resource",
            );
    }
}

/// An existing event bus, from [`EventBus::default_bus`], [`EventBus::from_name`] or [`EventBus::from_arn`].
#[derive(Clone, Debug)]
pub struct ImportedEventBus {
    arn: Value<Arn<kind::events::EventBus>>,
    name: Value<Name<kind::events::EventBus>>,
}

impl ImportedEventBus {
    /// Returns the physical name of the bus, taken from the ARN.
    pub fn event_bus_name(&self) -> Value<Name<kind::events::EventBus>> {
        crate::import::arn_after(&self.arn, ":event-bus/").cast()
    }

    /// Returns the ARN of the event bus.
    pub fn arn(&self) -> Value<Arn<kind::events::EventBus>> {
        self.arn.clone()
    }

    /// Allows an identity of the app to publish events to the bus.
    #[track_caller]
    pub fn grant_put_events<'app>(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), ["events:PutEvents"])
    }
}

impl Bus<'_> for ImportedEventBus {
    fn bus_arn(&self) -> Value<Arn<kind::events::EventBus>> {
        self.arn()
    }

    fn bus_name(&self) -> Value<Name<kind::events::EventBus>> {
        self.name.clone()
    }
}
