//! Parameters of a template: values given at deployment.

use crate::node_id::NodeId;
use crate::tree::{Construct, NodeKind, ParameterNode, Scope};
use crate::value::{Data, Expr, IntoValue, Map, Target, Value};

/// The type of a parameter.
///
/// See [CloudFormation-supplied parameter types](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html).
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ParameterType {
    /// Text.
    #[default]
    String,
    /// A number; its `Ref` is text.
    Number,
    /// Numbers separated by commas.
    NumberList,
    /// Texts separated by commas.
    CommaDelimitedList,
    /// The name of an SSM parameter whose text is used.
    SsmString,
    /// The name of an SSM parameter whose comma-separated texts are used.
    SsmStringList,
    /// An AWS-specific type such as `AWS::EC2::VPC::Id`.
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

/// Properties of a [`Parameter`].
#[derive(Clone, Debug)]
pub struct ParameterProps(Map);

impl ParameterProps {
    /// A parameter of that type.
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

    fn with(mut self, key: &'static str, data: impl Into<Data>) -> Self {
        self.0.insert(key, data);
        self
    }

    /// The value when none is given.
    pub fn default_value(self, text: impl Into<String>) -> Self {
        self.with("Default", text.into())
    }

    /// What the parameter is for, at most 4,000 characters.
    pub fn description(self, text: impl Into<String>) -> Self {
        self.with("Description", text.into())
    }

    /// The values that are accepted.
    pub fn allowed_values<S: Into<String>>(self, values: impl IntoIterator<Item = S>) -> Self {
        self.with(
            "AllowedValues",
            Data::list(values.into_iter().map(|value| Data::from(value.into()))),
        )
    }

    /// A regular expression that the whole value must match.
    pub fn allowed_pattern(self, pattern: impl Into<String>) -> Self {
        self.with("AllowedPattern", pattern.into())
    }

    /// What is said when a value is refused.
    pub fn constraint_description(self, text: impl Into<String>) -> Self {
        self.with("ConstraintDescription", text.into())
    }

    /// The fewest characters.
    pub fn min_length(self, length: u32) -> Self {
        self.with("MinLength", i64::from(length))
    }

    /// The most characters.
    pub fn max_length(self, length: u32) -> Self {
        self.with("MaxLength", i64::from(length))
    }

    /// The smallest number.
    pub fn min_value(self, number: i64) -> Self {
        self.with("MinValue", number)
    }

    /// The largest number.
    pub fn max_value(self, number: i64) -> Self {
        self.with("MaxValue", number)
    }

    /// Masks the value wherever CloudFormation shows it. A secret is better kept in Secrets Manager.
    pub fn no_echo(self) -> Self {
        self.with("NoEcho", true)
    }

    /// Adds the parameter to the stack that holds `scope`.
    #[track_caller]
    pub fn build<'app>(self, scope: impl Construct<'app>, id: &str) -> Parameter<'app> {
        Parameter(scope.scope().add(
            id,
            NodeKind::Parameter(Box::new(ParameterNode { fields: self.0 })),
        ))
    }
}

/// A parameter of a template.
#[derive(Clone, Copy, Debug)]
pub struct Parameter<'app>(Scope<'app>);

impl Parameter<'_> {
    /// The value, with the meaning that you give it.
    pub fn value<T: ?Sized>(&self) -> Value<T> {
        Value::from_data(Expr::Ref(Target::Node(self.0.node_id())).into())
    }

    /// The number of the node.
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
