rt::resource_type! {
    /// [`AWS::Odd::Gadget`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-odd-gadget.html)
    CfnGadget, CfnGadgetProps, "AWS::Odd::Gadget", ref: rt::Name<crate::kind::odd::Gadget>
}
impl CfnGadgetProps {
    /// Creates the properties, all unset.
    pub fn new() -> Self { Self(rt::Props::new()) }
    /// Update requires: no replacement.
    pub fn anything(mut self, value: impl rt::IntoValue<rt::Json>) -> Self { self.0.set("Anything", value); self }
    /// Length: at most 12. Update requires: replacement.
    pub fn gadget_name(mut self, value: impl rt::IntoValue<rt::String>) -> Self { self.0.set("GadgetName", value); self }
}
impl CfnGadget<'_> {
    /// Returns the attribute `Arn` (`Fn::GetAtt`).
    pub fn attr_arn(&self) -> rt::Value<rt::Arn<crate::kind::odd::Gadget>> { self.0.attr_value("Arn") }
}
rt::resource_type! {
    /// [`AWS::Odd::Required`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-odd-required.html)
    CfnRequired, CfnRequiredProps, "AWS::Odd::Required", ref: rt::String
}
/// Required properties of [`CfnRequiredProps`]. Create the fields with `value(…)`.
#[derive(Clone, Debug)]
pub struct CfnRequiredRequired {
    /// Required. Update requires: no replacement.
    pub one: rt::Value<rt::String>,
    /// Required. Update requires: no replacement.
    pub the_gadget: rt::Value<rt::Arn<crate::kind::odd::Gadget>>,
    /// Required. Update requires: no replacement.
    pub three: rt::Value<i64>,
}
impl CfnRequiredProps {
    /// Creates the properties from the required ones, by name.
    pub fn new(required: CfnRequiredRequired) -> Self { let mut props = rt::Props::new(); props.set::<rt::String>("One", required.one); props.set::<rt::Arn<crate::kind::odd::Gadget>>("TheGadget", required.the_gadget); props.set::<i64>("Three", required.three); Self(props) }
    /// Update requires: no replacement.
    pub fn four(mut self, value: impl rt::IntoValue<i64>) -> Self { self.0.set("Four", value); self }
    /// Required. Update requires: no replacement.
    pub fn one(mut self, value: impl rt::IntoValue<rt::String>) -> Self { self.0.set("One", value); self }
    /// Required. Update requires: no replacement.
    pub fn the_gadget(mut self, value: impl rt::IntoValue<rt::Arn<crate::kind::odd::Gadget>>) -> Self { self.0.set("TheGadget", value); self }
    /// Required. Update requires: no replacement.
    pub fn three(mut self, value: impl rt::IntoValue<i64>) -> Self { self.0.set("Three", value); self }
}
rt::resource_type! {
    /// Has one of everything that is \[hard\], such as \<b\> and `code`.
    ///
    /// [`AWS::Odd::Thing`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-odd-thing.html)
    CfnThing, CfnThingProps, "AWS::Odd::Thing", ref: rt::Id<crate::kind::odd::Thing>
}
impl CfnThingProps {
    /// Creates the properties from the required ones.
    pub fn new(choice: impl rt::IntoValue<thing::Choice>) -> Self { let mut props = rt::Props::new(); props.set("Choice", choice); Self(props) }
    /// Whether to build.
    ///
    /// Update requires: no replacement.
    pub fn build_(mut self, value: impl rt::IntoValue<bool>) -> Self { self.0.set("Build", value); self }
    /// Required. Update requires: no replacement.
    pub fn choice(mut self, value: impl rt::IntoValue<thing::Choice>) -> Self { self.0.set("Choice", value); self }
    /// Update requires: no replacement. Write-only: AWS does not return it, so drift is not detected.
    pub fn free(mut self, value: impl rt::IntoValue<rt::Json>) -> Self { self.0.set("Free", value); self }
    /// Update requires: no replacement.
    pub fn gadget_arn(mut self, value: impl rt::IntoValue<rt::Arn<crate::kind::odd::Gadget>>) -> Self { self.0.set("GadgetArn", value); self }
    /// Update requires: no replacement.
    pub fn gadget_names(mut self, value: impl rt::IntoValue<rt::Vec<rt::Name<crate::kind::odd::Gadget>>>) -> Self { self.0.set("GadgetNames", value); self }
    /// Format: ipv6-network. Update requires: no replacement.
    pub fn ipv6_cidr_block(mut self, value: impl rt::IntoValue<rt::String>) -> Self { self.0.set("IPv6CidrBlock", value); self }
    /// Length: at most 9. Update requires: no replacement.
    pub fn labels(mut self, value: impl rt::IntoValue<rt::BTreeMap<rt::String, rt::String>>) -> Self { self.0.set("Labels", value); self }
    /// Items: at most 3. Update requires: no replacement.
    pub fn many(mut self, value: impl rt::IntoValue<rt::Vec<thing::Many>>) -> Self { self.0.set("Many", value); self }
    /// Update requires: no replacement.
    pub fn nested_name(mut self, value: impl rt::IntoValue<rt::Vec<thing::NestedName>>) -> Self { self.0.set("NestedName", value); self }
    /// Update requires: no replacement.
    pub fn nodes(mut self, value: impl rt::IntoValue<rt::BTreeMap<rt::String, thing::Node>>) -> Self { self.0.set("Nodes", value); self }
    /// Update requires: no replacement.
    pub fn nothing(mut self, value: impl rt::IntoValue<thing::Nothing>) -> Self { self.0.set("Nothing", value); self }
    /// Update requires: no replacement.
    pub fn number(mut self, value: impl rt::IntoValue<rt::String>) -> Self { self.0.set("Number", value); self }
    /// Update requires: no replacement.
    pub fn option(mut self, value: impl rt::IntoValue<thing::Option>) -> Self { self.0.set("Option", value); self }
    /// Pattern: ``^[\u0020-\uD7FF'`]*\n$``. Update requires: no replacement.
    pub fn pattern(mut self, value: impl rt::IntoValue<rt::String>) -> Self { self.0.set("Pattern", value); self }
    /// Update requires: no replacement. Deprecated by AWS.
    pub fn switch(mut self, value: impl rt::IntoValue<rt::Json>) -> Self { self.0.set("Switch", value); self }
    /// Update requires: no replacement.
    pub fn tags(mut self, value: impl rt::IntoValue<rt::BTreeMap<rt::String, rt::String>>) -> Self { self.0.set("Tags", value); self }
    /// Update requires: no replacement.
    pub fn tree(mut self, value: impl rt::IntoValue<thing::Node>) -> Self { self.0.set("Tree", value); self }
    /// Update requires: replacement.
    pub fn type_(mut self, value: impl rt::IntoValue<thing::Type>) -> Self { self.0.set("Type", value); self }
    /// Update requires: no replacement.
    pub fn value(mut self, value: impl rt::IntoValue<rt::String>) -> Self { self.0.set("Value", value); self }
}
impl CfnThing<'_> {
    /// Returns the attribute `Endpoint.Address` (`Fn::GetAtt`).
    pub fn attr_endpoint_address(&self) -> rt::Value<rt::String> { self.0.attr_value("Endpoint.Address") }
    /// Returns the attribute `Endpoint.Port` (`Fn::GetAtt`).
    pub fn attr_endpoint_port(&self) -> rt::Value<i64> { self.0.attr_value("Endpoint.Port") }
    /// Returns the attribute `Id` (`Fn::GetAtt`).
    pub fn attr_id(&self) -> rt::Value<rt::Id<crate::kind::odd::Thing>> { self.0.attr_value("Id") }
}
/// Property types of [`CfnThing`].
pub mod thing {
    use crate::rt;
    rt::property_type! {
        /// The property type `Choice`.
        Choice
    }
    impl Choice {
        /// Creates the properties, all unset.
        pub fn new() -> Self { Self(rt::Props::new()) }
        /// The property `Left`.
        pub fn left(mut self, value: impl rt::IntoValue<Node>) -> Self { self.0.set("Left", value); self }
        /// Range: 1 to 9.
        pub fn right(mut self, value: impl rt::IntoValue<i64>) -> Self { self.0.set("Right", value); self }
    }
    rt::property_type! {
        /// The property type `Many`.
        Many
    }
    /// Required properties of [`Many`]. Create the fields with `value(…)`.
    #[derive(Clone, Debug)]
    pub struct ManyRequired {
        /// Required.
        pub first: rt::Value<rt::String>,
        /// Required.
        pub second: rt::Value<State>,
        /// Required.
        pub third: rt::Value<bool>,
    }
    impl Many {
        /// Creates the properties from the required ones, by name.
        pub fn new(required: ManyRequired) -> Self { let mut props = rt::Props::new(); props.set::<rt::String>("First", required.first); props.set::<State>("Second", required.second); props.set::<bool>("Third", required.third); Self(props) }
        /// Required.
        pub fn first(mut self, value: impl rt::IntoValue<rt::String>) -> Self { self.0.set("First", value); self }
        /// The property `Fourth`.
        pub fn fourth(mut self, value: impl rt::IntoValue<f64>) -> Self { self.0.set("Fourth", value); self }
        /// Required.
        pub fn second(mut self, value: impl rt::IntoValue<State>) -> Self { self.0.set("Second", value); self }
        /// Required.
        pub fn third(mut self, value: impl rt::IntoValue<bool>) -> Self { self.0.set("Third", value); self }
    }
    rt::property_type! {
        /// The property type `NestedName`.
        NestedName
    }
    impl NestedName {
        /// Creates the properties from the required ones.
        pub fn new(name: impl rt::IntoValue<rt::String>) -> Self { let mut props = rt::Props::new(); props.set("Name", name); Self(props) }
        /// The property `Level`.
        pub fn level(mut self, value: impl rt::IntoValue<NestedNameLevel>) -> Self { self.0.set("Level", value); self }
        /// Required. Length: at most 5. Update requires: replacement.
        pub fn name(mut self, value: impl rt::IntoValue<rt::String>) -> Self { self.0.set("Name", value); self }
    }
    rt::property_type! {
        /// A tree.
        Node
    }
    impl Node {
        /// Creates the properties, all unset.
        pub fn new() -> Self { Self(rt::Props::new()) }
        /// The property `Children`.
        pub fn children(mut self, value: impl rt::IntoValue<rt::Vec<Node>>) -> Self { self.0.set("Children", value); self }
        /// Text at the node.
        pub fn label(mut self, value: impl rt::IntoValue<rt::String>) -> Self { self.0.set("Label", value); self }
    }
    rt::property_type! {
        /// The property type `Nothing`.
        Nothing
    }
    impl Nothing {
        /// Creates the properties, all unset.
        pub fn new() -> Self { Self(rt::Props::new()) }
    }
    rt::property_type! {
        /// The property type `Option`.
        Option
    }
    impl Option {
        /// Creates the properties, all unset.
        pub fn new() -> Self { Self(rt::Props::new()) }
        /// The property `String`.
        pub fn string(mut self, value: impl rt::IntoValue<String>) -> Self { self.0.set("String", value); self }
    }
    rt::property_type! {
        /// The property type `String`.
        String
    }
    impl String {
        /// Creates the properties, all unset.
        pub fn new() -> Self { Self(rt::Props::new()) }
        /// The property `Vec`.
        pub fn vec(mut self, value: impl rt::IntoValue<rt::Vec<rt::String>>) -> Self { self.0.set("Vec", value); self }
    }
    rt::string_enum! {
        /// Known values of `State`.
        ///
        /// Values without a constant, since another one has the same name: `Enabled`.
        State {
            DISABLED = "DISABLED",
            ENABLED = "ENABLED",
        }
    }
    rt::string_enum! {
        /// Known values of `Type`.
        Type {
            EMPTY = "",
            STAR = "*",
            MINUS_1 = "-1",
            V1 = "1",
            V3_1 = "3.1",
            AWS_KMS = "aws:kms",
        }
    }
    rt::string_enum! {
        /// Known values of `NestedName.Level`.
        NestedNameLevel {
            A = "a",
            B = "b",
        }
    }
}
