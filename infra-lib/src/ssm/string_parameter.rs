//! Parameters with plain text.

use bon::Builder;

use crate::cfn::ssm::parameter::Type;
use crate::cfn::ssm::{CfnParameter, CfnParameterProps};
use crate::core::{Arn, Construct, IntoValue, Name, Scope, TextLike, Value, intrinsics};
use crate::iam::{Grant, Grantable};
use crate::kind;

/// A parameter with plain text, for settings and for facts that other apps read.
///
/// Creates an
/// [`AWS::SSM::Parameter`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html)
/// of type `String`, with the defaults of CloudFormation. The name is generated unless it is set; set it for a
/// parameter that others read by name.
///
/// ```
/// use infra_lib::ssm::StringParameter;
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// StringParameter::builder().name("/notes/dev/log-level").value("info").build(stack, "LogLevel");
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct StringParameter<'app> {
    scope: Scope<'app>,
    parameter: CfnParameter<'app>,
}

/// Properties of a [`StringParameter`], set through [`StringParameter::builder`].
#[derive(Builder, Debug)]
#[builder(
    builder_type(name = StringParameterBuilder),
    start_fn(name = start, vis = "pub(crate)"),
    finish_fn(name = props, vis = "pub(crate)")
)]
pub struct StringParameterProps {
    /// Text of the parameter, at most 4,096 characters.
    #[builder(with = |text: impl IntoValue<String>| text.into_value())]
    value: Value<String>,
    /// Name of the parameter. Default: a generated name, so that CloudFormation can replace the parameter.
    #[builder(with = |name: impl IntoValue<String>| name.into_value())]
    name: Option<Value<String>>,
    /// Description of the parameter. Default: none.
    #[builder(with = |text: impl IntoValue<String>| text.into_value())]
    description: Option<Value<String>>,
    /// Regular expression that the text must match. Default: none.
    #[builder(with = |pattern: impl IntoValue<String>| pattern.into_value())]
    allowed_pattern: Option<Value<String>>,
}

impl<S: string_parameter_builder::State> StringParameterBuilder<S> {
    /// Adds the parameter under `scope`.
    #[track_caller]
    pub fn build<'app>(self, scope: impl Construct<'app>, id: &str) -> StringParameter<'app>
    where
        S: string_parameter_builder::IsComplete,
    {
        let props = self.props();
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.ssm.StringParameter");
        let mut cfn = CfnParameterProps::new(Type::STRING, props.value);
        if let Some(name) = props.name {
            cfn = cfn.name(name);
        }
        if let Some(text) = props.description {
            cfn = cfn.description(text);
        }
        if let Some(pattern) = props.allowed_pattern {
            cfn = cfn.allowed_pattern(pattern);
        }
        StringParameter {
            scope,
            parameter: cfn.build(scope, "Resource"),
        }
    }
}

impl<'app> StringParameter<'app> {
    /// Returns a builder for a parameter.
    pub fn builder() -> StringParameterBuilder {
        StringParameterProps::start()
    }

    /// Returns the text of an existing parameter, which CloudFormation reads at deployment (`{{resolve:ssm:name}}`).
    /// The caller chooses the meaning of the text through its type.
    ///
    /// ```
    /// use infra_lib::ssm::StringParameter;
    /// use infra_lib::{Id, Value, kind};
    ///
    /// let vpc: Value<Id<kind::ec2::Vpc>> = StringParameter::from_name("/network/vpc-id");
    /// ```
    pub fn from_name<T: TextLike>(name: impl IntoValue<String>) -> Value<T> {
        intrinsics::dynamic_ssm(name)
    }

    /// Returns the text of an existing parameter at synthesis, through a context lookup.
    ///
    /// If the context has no answer, the `cdk` CLI looks it up and runs the app again; until then the text is
    /// `dummy-value-for-` followed by the name. The stack must have a known account and region.
    pub fn lookup(scope: impl Construct<'app>, name: &str) -> String {
        let mut props = serde_json::Map::new();
        props.insert("parameterName".to_owned(), name.into());
        let dummy = format!("dummy-value-for-{name}");
        let found = scope.scope().lookup("ssm", props, dummy.clone().into());
        found.as_str().map_or(dummy, str::to_owned)
    }

    /// Returns the ARN of the parameter.
    pub fn arn(&self) -> Value<Arn<kind::ssm::Parameter>> {
        self.parameter.attr_arn()
    }

    /// Returns the name of the parameter.
    pub fn name(&self) -> Value<Name<kind::ssm::Parameter>> {
        self.parameter.ref_()
    }

    /// Returns the text of the parameter.
    pub fn value(&self) -> Value<String> {
        self.parameter.attr_value()
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

impl<'app> Construct<'app> for StringParameter<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}
