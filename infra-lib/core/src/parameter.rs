//! Parameters of a template: values supplied at deployment. [`Parameter`] is the construct, [`ParameterProps`] its properties, [`ParameterType`] the
//! type of its value.

use crate::node_id::NodeId;
use crate::tree::{Construct, NodeKind, ParameterNode, Scope};
use crate::value::{Data, Expr, IntoValue, Map, Target, Value};

/// The type of a parameter's value, which CloudFormation validates at deployment.
///
/// See [CloudFormation-supplied parameter types](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html).
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ParameterType {
    /// Text of any form (`String`), the default.
    #[default]
    String,
    /// A number (`Number`). CloudFormation validates it, but `Ref` returns text.
    Number,
    /// Numbers separated by commas (`List<Number>`).
    NumberList,
    /// Texts separated by commas (`CommaDelimitedList`); `Ref` returns a list.
    CommaDelimitedList,
    /// The name of an SSM parameter, whose text CloudFormation reads at deployment (`AWS::SSM::Parameter::Value<String>`).
    SsmString,
    /// The name of an SSM parameter of type `StringList`, which CloudFormation reads at deployment (`AWS::SSM::Parameter::Value<List<String>>`).
    SsmStringList,
    /// Any other type by name, for example `AWS::EC2::VPC::Id`.
    Other(String),
}

impl ParameterType {
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::String => "String",
            Self::Number => "Number",
            Self::NumberList => "List<Number>",
            Self::CommaDelimitedList => "CommaDelimitedList",
            Self::SsmString => "AWS::SSM::Parameter::Value<String>",
            Self::SsmStringList => "AWS::SSM::Parameter::Value<List<String>>",
            Self::Other(name) => name,
        }
    }
}

/// Properties of a [`Parameter`]; [`build`](Self::build) adds it to a stack.
#[derive(Clone, Debug)]
pub struct ParameterProps(Map);

impl ParameterProps {
    /// Creates properties with the given type and no constraints.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a constructor takes what it is made of"
    )]
    pub fn new(kind: ParameterType) -> Self {
        Self(
            [("Type", Data::from(kind.as_str().to_owned()))]
                .into_iter()
                .collect(),
        )
    }

    fn with_field(mut self, key: &'static str, data: impl Into<Data>) -> Self {
        self.0.insert(key, data);
        self
    }

    /// Sets the value used when the deployment supplies none. A parameter without a default must be supplied.
    pub fn default_value(self, text: impl Into<String>) -> Self {
        self.with_field("Default", text.into())
    }

    /// Sets the description shown in the console, at most 4,000 bytes.
    pub fn description(self, text: impl Into<String>) -> Self {
        self.with_field("Description", text.into())
    }

    /// Sets the values that CloudFormation accepts. Default: every value of the type.
    pub fn allowed_values<S: Into<String>>(self, values: impl IntoIterator<Item = S>) -> Self {
        self.with_field(
            "AllowedValues",
            Data::list(values.into_iter().map(|value| Data::from(value.into()))),
        )
    }

    /// Sets a regular expression (Java syntax) that the whole value must match.
    pub fn allowed_pattern(self, pattern: impl Into<String>) -> Self {
        self.with_field("AllowedPattern", pattern.into())
    }

    /// Sets the message that CloudFormation shows when a value violates a constraint.
    pub fn constraint_description(self, text: impl Into<String>) -> Self {
        self.with_field("ConstraintDescription", text.into())
    }

    /// Sets the minimum number of characters, for parameters of type `String`.
    pub fn min_length(self, length: u32) -> Self {
        self.with_field("MinLength", i64::from(length))
    }

    /// Sets the maximum number of characters, for parameters of type `String`.
    pub fn max_length(self, length: u32) -> Self {
        self.with_field("MaxLength", i64::from(length))
    }

    /// Sets the smallest accepted number, for parameters of type `Number`.
    pub fn min_value(self, number: i64) -> Self {
        self.with_field("MinValue", number)
    }

    /// Sets the largest accepted number, for parameters of type `Number`.
    pub fn max_value(self, number: i64) -> Self {
        self.with_field("MaxValue", number)
    }

    /// Masks the value as asterisks in the console, the CLI and the API. Prefer dynamic references to Secrets Manager or SSM for secrets: `NoEcho` does not
    /// mask values in the `Metadata` and `Outputs` sections.
    pub fn no_echo(self) -> Self {
        self.with_field("NoEcho", true)
    }

    /// Adds the parameter to the stack that holds `scope`. Its logical ID is derived from its construct path.
    #[track_caller]
    pub fn build<'app>(self, scope: impl Construct<'app>, id: &str) -> Parameter<'app> {
        Parameter(scope.scope().add_node(
            id,
            NodeKind::Parameter(Box::new(ParameterNode { fields: self.0 })),
        ))
    }
}

/// A parameter in the `Parameters` section of a template.
///
/// AWS: [Parameters](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html).
#[derive(Clone, Copy, Debug)]
pub struct Parameter<'app>(pub(crate) Scope<'app>);

impl Parameter<'_> {
    /// Returns a reference to the parameter (`Ref`). The caller chooses `T`, because the template does not record the meaning of a parameter.
    pub fn value<T: ?Sized>(&self) -> Value<T> {
        Value::from_data(Expr::Ref(Target::Node(self.0.node_id())).into())
    }

    /// Returns the node ID of the parameter, by which expressions refer to it.
    pub fn node_id(&self) -> NodeId {
        self.0.node_id()
    }
}

impl<'app> Construct<'app> for Parameter<'app> {
    fn scope(&self) -> Scope<'app> {
        self.0
    }
}

impl IntoValue<String> for Parameter<'_> {
    fn into_value(self) -> Value<String> {
        self.value()
    }
}
