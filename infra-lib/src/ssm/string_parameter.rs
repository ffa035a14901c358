//! Parameters of plain text.

use bon::Builder;

use crate::cfn::ssm::parameter::Type;
use crate::cfn::ssm::{CfnParameter, CfnParameterProps};
use crate::core::{Arn, Construct, IntoValue, Name, Scope, TextLike, Value, intrinsics};
use crate::iam::{Grantable, Statement};
use crate::kind;

/// A parameter of plain text, for settings and for facts that other apps read.
///
/// Its name is made by CloudFormation unless one is given, and one that others look for must be.
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
    /// The text, at most 4,096 characters.
    #[builder(with = |text: impl IntoValue<String>| text.into_value())]
    value: Value<String>,
    /// The name. Default: made by CloudFormation, so that the parameter can be replaced.
    #[builder(with = |name: impl IntoValue<String>| name.into_value())]
    name: Option<Value<String>>,
    /// What the parameter is for. Default: none.
    #[builder(with = |text: impl IntoValue<String>| text.into_value())]
    description: Option<Value<String>>,
    /// A regular expression that the text must match. Default: none.
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
    /// Starts a parameter.
    pub fn builder() -> StringParameterBuilder {
        StringParameterProps::start()
    }

    /// The text of a parameter that exists already, read when the stack is deployed
    /// (`{{resolve:ssm:name}}`). The meaning is the caller's to know.
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

    /// The text of a parameter that exists already, known while the program runs.
    ///
    /// It comes from the context; on a miss the `cdk` CLI looks it up and runs the app again, and until then it is
    /// `dummy-value-for-` and the name. The stack must have a known account and region.
    pub fn lookup(scope: impl Construct<'app>, name: &str) -> String {
        let mut props = serde_json::Map::new();
        props.insert("parameterName".to_owned(), name.into());
        let dummy = format!("dummy-value-for-{name}");
        let found = scope.scope().lookup("ssm", props, dummy.clone().into());
        found.as_str().map_or(dummy, str::to_owned)
    }

    /// The ARN.
    pub fn arn(&self) -> Value<Arn<kind::ssm::Parameter>> {
        self.parameter.attr_arn()
    }

    /// The name.
    pub fn name(&self) -> Value<Name<kind::ssm::Parameter>> {
        self.parameter.ref_()
    }

    /// The text.
    pub fn value(&self) -> Value<String> {
        self.parameter.attr_value()
    }

    /// The binding under the construct.
    pub fn cfn(&self) -> CfnParameter<'app> {
        self.parameter
    }

    /// Lets a role read the parameter.
    #[track_caller]
    pub fn grant_read(&self, to: &impl Grantable<'app>) {
        to.grantee().add_statement(
            Statement::allow()
                .actions(["ssm:GetParameter", "ssm:GetParameters"])
                .resource(self.arn()),
        );
    }
}

impl<'app> Construct<'app> for StringParameter<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}
