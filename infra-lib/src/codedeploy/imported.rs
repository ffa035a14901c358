//! Applications of CodeDeploy that exist already.

use super::LambdaApplication;
use crate::core::{Construct, IntoValue, Name};
use crate::import::check_form;
use crate::kind;

crate::import! {
    /// An existing application for functions, from [`LambdaApplication::from_name`], to which the app adds deployment groups.
    ///
    /// ```
    /// # use infra_lib::{App, Stack, codedeploy::{LambdaApplication, LambdaDeploymentGroup}};
    /// # use infra_lib::lambda::{Alias, Code, Function, Runtime};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// # let function = Function::builder()
    /// #     .runtime(Runtime::Python314)
    /// #     .handler("index.handler")
    /// #     .code(Code::inline("def handler(event, context): return event"))
    /// #     .build(stack, "Function");
    /// # let live = Alias::builder().alias_name("live").version(function.current_version()).build(stack, "Live");
    /// let orders = LambdaApplication::from_name(stack, "Orders", "orders");
    /// LambdaDeploymentGroup::builder().alias(live).application(orders).build(stack, "Deployments");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    ///
    /// AWS: [Applications](https://docs.aws.amazon.com/codedeploy/latest/userguide/applications.html).
    pub struct ImportedLambdaApplication<'app>: "infra-lib.codedeploy.ImportedLambdaApplication" {
        /// Returns the physical name of the application.
        application_name: Name<kind::codedeploy::Application>,
    }

    /// An application of the app or an existing one, from [`AsLambdaApplication::as_lambda_application`].
    pub enum LambdaApplicationRef of LambdaApplication;

    /// An application for deployment groups: a [`LambdaApplication`] or an [`ImportedLambdaApplication`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no application for functions",
        label = "a `LambdaApplication` or an `ImportedLambdaApplication` is needed here"
    )]
    pub trait AsLambdaApplication::as_lambda_application;
}

impl<'app> LambdaApplication<'app> {
    /// Imports an existing application of the account and region by its name; its compute platform must be Lambda. A literal
    /// that is an ARN or has more than 100 characters is reported (`INF8026`).
    #[track_caller]
    pub fn from_name(
        scope: impl Construct<'app>,
        id: &str,
        name: impl IntoValue<Name<kind::codedeploy::Application>>,
    ) -> ImportedLambdaApplication<'app> {
        let name = name.into_value();
        let application = ImportedLambdaApplication::import(scope, id, name.clone());
        let shown = "the name of an application of CodeDeploy: at most 100 characters, and no ARN";
        check_form(&application, &name, shown, |name| {
            (1..=100).contains(&name.chars().count()) && !name.starts_with("arn:")
        });
        application
    }
}
