//! The [`Thing`] construct, and existing things.

use std::collections::BTreeMap;

use crate::cfn::iot::thing::AttributePayload;
use crate::cfn::iot::{CfnThing, CfnThingPrincipalAttachmentProps, CfnThingProps};
use crate::construct::With;
use crate::core::{Arn, Construct, IntoValue, Name, Scope, Value};
use crate::kind;

crate::construct! {
    /// A thing: the entry of a device in the registry of AWS IoT.
    ///
    /// Creates an
    /// [`AWS::IoT::Thing`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iot-thing.html).
    /// Fleets are registered by [provisioning](https://docs.aws.amazon.com/iot/latest/developerguide/iot-provision.html) instead
    /// of templates.
    ///
    /// ```
    /// use infra_lib::iot::Thing;
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Devices");
    /// let gateway = Thing::builder().attribute("site", "berlin").build(stack, "Gateway");
    /// gateway.attach("Certificate", "arn:aws:iot:eu-west-1:111122223333:cert/0123456789abcdef");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct Thing<'app>: "infra-lib.iot.Thing" {
        resource: CfnThing<'app>,
    }

    /// Properties of a [`Thing`], set through [`Thing::builder`].
    pub struct ThingProps, ThingBuilder, thing_builder {
        /// Physical name of the thing. Default: a generated name. Changing it replaces the thing.
        text thing_name,
        /// Attributes that fleets are searched by, at most 3 without a thing type.
        list attributes: (String, Value<String>),
    }
}

crate::import! {
    /// An existing thing, from [`Thing::from_name`].
    pub struct ImportedThing<'app>: "infra-lib.iot.ImportedThing" {
        /// Returns the name of the thing.
        thing_name: Name<kind::iot::Thing>,
    }
}

impl<S: thing_builder::State> ThingBuilder<'_, S> {
    /// Sets an attribute.
    pub fn attribute(mut self, name: impl Into<String>, text: impl IntoValue<String>) -> Self {
        self.attributes.push((name.into(), text.into_value()));
        self
    }
}

impl<'app> Thing<'app> {
    fn create(scope: Scope<'app>, props: ThingProps<'app>) -> Self {
        let attributes: BTreeMap<String, Value<String>> = props.attributes.into_iter().collect();
        let payload =
            (!attributes.is_empty()).then(|| AttributePayload::new().attributes(attributes));
        let resource = CfnThingProps::new()
            .with(payload, CfnThingProps::attribute_payload)
            .with(props.thing_name, CfnThingProps::thing_name)
            .build(scope, "Resource");
        Self { scope, resource }
    }

    /// Imports an existing thing of this account and region by its name.
    #[track_caller]
    pub fn from_name(
        scope: impl Construct<'app>,
        id: &str,
        thing_name: impl IntoValue<Name<kind::iot::Thing>>,
    ) -> ImportedThing<'app> {
        ImportedThing::import(scope, id, thing_name.into_value())
    }

    /// Attaches a certificate to the thing, by its ARN, as the construct `id`.
    #[track_caller]
    pub fn attach(&self, id: &str, principal: impl IntoValue<String>) {
        attach(self.scope.at_caller(), id, principal, self.thing_name());
    }

    /// Returns the ARN of the thing.
    pub fn arn(&self) -> Value<Arn<kind::iot::Thing>> {
        self.resource.attr_arn()
    }

    /// Returns the name of the thing.
    pub fn thing_name(&self) -> Value<Name<kind::iot::Thing>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the thing.
    pub fn cfn(&self) -> CfnThing<'app> {
        self.resource
    }
}

impl ImportedThing<'_> {
    /// Attaches a certificate to the thing, by its ARN, as the construct `id`.
    #[track_caller]
    pub fn attach(&self, id: &str, principal: impl IntoValue<String>) {
        attach(self.scope.at_caller(), id, principal, self.thing_name());
    }
}

fn attach(
    scope: Scope<'_>,
    id: &str,
    principal: impl IntoValue<String>,
    thing_name: Value<Name<kind::iot::Thing>>,
) {
    let scope = scope.library_construct(id, "infra-lib.iot.ThingPrincipalAttachment");
    CfnThingPrincipalAttachmentProps::new(principal, thing_name.cast::<String>())
        .build(scope, "Resource");
}
