//! Parameters with lists of texts.

use crate::cfn::ssm::parameter::Type;
use crate::cfn::ssm::{CfnParameter, CfnParameterProps};
use crate::construct::With;
use crate::core::{Arn, Diagnostic, IntoValue, Name, Scope, Value, codes, intrinsics, value};
use crate::iam::{Grant, Grantable};
use crate::kind;

crate::construct! {
    /// A parameter with a list of plain texts.
    ///
    /// Creates an
    /// [`AWS::SSM::Parameter`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html)
    /// of type `StringList`. Commas separate the texts, so that a text with a comma is reported, as is an empty list
    /// (`INF4973`). Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | name | generated | generated |
    ///
    /// ```
    /// use infra_lib::ssm::StringListParameter;
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// StringListParameter::builder()
    ///     .name("/shop/origins")
    ///     .item("https://shop.example.com")
    ///     .item("https://admin.example.com")
    ///     .build(stack, "Origins");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct StringListParameter<'app>: "infra-lib.ssm.StringListParameter" {
        parameter: CfnParameter<'app>,
    }

    /// Properties of a [`StringListParameter`], set through [`StringListParameter::builder`].
    pub struct StringListParameterProps, StringListParameterBuilder, string_list_parameter_builder {
        /// Texts of the list.
        list items: Value<String>,
        /// Name of the parameter. Default: a generated name, so that CloudFormation can replace the parameter.
        text name,
        /// Description of the parameter. Default: none.
        text description,
    }
}

impl<S: string_list_parameter_builder::State> StringListParameterBuilder<'_, S> {
    /// Adds a text, without commas (`INF4973`).
    pub fn item(mut self, text: impl IntoValue<String>) -> Self {
        self.items.push(text.into_value());
        self
    }
}

impl<'app> StringListParameter<'app> {
    fn create(scope: Scope<'app>, props: StringListParameterProps<'app>) -> Self {
        check(scope, &props.items);
        let literals: Option<Vec<&str>> = props.items.iter().map(Value::as_literal).collect();
        let text = match literals {
            Some(texts) => value(texts.join(",")),
            None => intrinsics::join(",", props.items.as_slice()),
        };
        let parameter = CfnParameterProps::new(Type::STRING_LIST, text)
            .with(props.name, CfnParameterProps::name)
            .with(props.description, CfnParameterProps::description)
            .build(scope, "Resource");
        Self { scope, parameter }
    }

    /// Returns the ARN of the parameter.
    pub fn arn(&self) -> Value<Arn<kind::ssm::Parameter>> {
        self.parameter.attr_arn()
    }

    /// Returns the name of the parameter.
    pub fn name(&self) -> Value<Name<kind::ssm::Parameter>> {
        self.parameter.ref_()
    }

    /// Returns the texts of the parameter.
    pub fn values(&self) -> Value<Vec<String>> {
        intrinsics::split(",", self.parameter.attr_value())
    }

    /// Returns the L1 binding of the parameter.
    pub fn cfn(&self) -> CfnParameter<'app> {
        self.parameter
    }

    /// Allows a role to read the parameter.
    #[track_caller]
    pub fn grant_read(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        Grant::to(to)
            .actions(["ssm:GetParameter", "ssm:GetParameters"])
            .resource(self.arn())
            .on_identity(self)
    }
}

fn check(scope: Scope<'_>, items: &[Value<String>]) {
    let broken = items
        .iter()
        .filter_map(Value::as_literal)
        .find(|item| item.contains(','));
    let message = match broken {
        Some(item) => {
            format!("the item `{item}` of the list contains a comma, which separates items")
        }
        None if items.is_empty() => "the list of the parameter is empty".to_owned(),
        None => return,
    };
    scope.report(
        Diagnostic::new(codes::PARAMETER_LIST_ITEM, message)
            .property("Value")
            .actual(broken.unwrap_or_default())
            .expected("at least one item, and no commas in items")
            .help("add each item with `.item(…)`, or use a `StringParameter` with JSON")
            .url("https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html"),
    );
}
