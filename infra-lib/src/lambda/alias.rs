//! Aliases: names of a function that point to a version.

use super::invoke::{Invocable, Invoked};
use super::{Function, Version};
use crate::cfn::lambda::{CfnAlias, CfnAliasProps, CfnAliasRequired, alias};
use crate::construct::With;
use crate::core::{Arn, IntoValue, Scope, Value};
use crate::iam::{Grant, Grantable};
use crate::kind;

crate::construct! {
    /// A name of a function, such as `live`, that points to a version and moves to the next one at a deployment.
    ///
    /// Creates an
    /// [`AWS::Lambda::Alias`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-alias.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | provisioned concurrency | none | none |
    /// | requests to another version | none | none |
    ///
    /// ```
    /// use infra_lib::lambda::{Alias, Code, Function, Runtime};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let function = Function::builder()
    ///     .runtime(Runtime::Python314)
    ///     .handler("index.handler")
    ///     .code(Code::inline("def handler(event, context): return event"))
    ///     .build(stack, "Function");
    /// Alias::builder()
    ///     .alias_name("live")
    ///     .version(function.current_version())
    ///     .provisioned_concurrency(2)
    ///     .build(stack, "Live");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct Alias<'app>: "infra-lib.lambda.Alias" {
        resource: CfnAlias<'app>,
        function: Function<'app>,
    }

    /// Properties of an [`Alias`], set through [`Alias::builder`].
    pub struct AliasProps, AliasBuilder, alias_builder {
        /// Numbers of other versions with their part of the requests.
        list weights: (Value<String>, f64),
        /// Name of the alias: letters, digits, hyphens and underscores, but not digits only.
        required_value alias_name: String,
        /// Version to which the alias points.
        required_handle version: Version<'app>,
        /// Description of the alias, at most 256 characters. Default: none.
        text description,
        /// Number of environments that are kept ready. Each is charged while it exists. Default: none, as in CloudFormation.
        optional provisioned_concurrency: u32,
    }
}

impl<S: alias_builder::State> AliasBuilder<'_, S> {
    /// Sends a part of the requests, 0 to 1, to another version by its number.
    pub fn additional_version(mut self, number: impl IntoValue<String>, weight: f64) -> Self {
        self.weights.push((number.into_value(), weight));
        self
    }
}

impl<'app> Alias<'app> {
    fn create(scope: Scope<'app>, props: AliasProps<'app>) -> Self {
        let function = props.version.function();
        let mut cfn = CfnAliasProps::new(CfnAliasRequired {
            function_name: function.function_name(),
            function_version: props.version.number(),
            name: props.alias_name,
        })
        .with(props.description, CfnAliasProps::description)
        .with(props.provisioned_concurrency, |cfn, count| {
            cfn.provisioned_concurrency_config(alias::ProvisionedConcurrencyConfiguration::new(
                count,
            ))
        });
        if !props.weights.is_empty() {
            let weights: Vec<_> = props
                .weights
                .into_iter()
                .map(|(number, weight)| alias::VersionWeight::new(number, weight))
                .collect();
            cfn = cfn.routing_config(
                alias::AliasRoutingConfiguration::new().additional_version_weights(weights),
            );
        }
        Self {
            scope,
            resource: cfn.build(scope, "Resource"),
            function,
        }
    }

    /// Returns the ARN of the alias, which ends with its name.
    pub fn arn(&self) -> Value<Arn<kind::lambda::Alias>> {
        self.resource.ref_()
    }

    /// Returns the name of the alias.
    pub fn alias_name(&self) -> Value<String> {
        Value::from_data(self.resource.prop("Name").unwrap_or_else(|| "".into()))
    }

    /// Returns the function.
    pub fn function(&self) -> Function<'app> {
        self.function
    }

    /// Returns the L1 binding of the alias.
    pub fn cfn(&self) -> CfnAlias<'app> {
        self.resource
    }

    /// Allows a principal to invoke the function through this alias.
    #[track_caller]
    pub fn grant_invoke(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        self.invoked().grant(to)
    }
}

impl<'app> Invocable<'app> for Alias<'app> {
    fn invoked(&self) -> Invoked<'app> {
        Invoked::of_own(self.scope, self.into_value())
    }
}

impl IntoValue<Arn<kind::lambda::Function>> for Alias<'_> {
    fn into_value(self) -> Value<Arn<kind::lambda::Function>> {
        self.arn().cast()
    }
}

impl IntoValue<Arn<kind::lambda::Function>> for &Alias<'_> {
    fn into_value(self) -> Value<Arn<kind::lambda::Function>> {
        self.arn().cast()
    }
}
