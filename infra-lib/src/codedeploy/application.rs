//! Applications of CodeDeploy, which collect deployment groups.

use crate::cfn::codedeploy::{CfnApplication, CfnApplicationProps, application};
use crate::construct::With;
use crate::core::{Name, Scope, Value};
use crate::kind;

crate::construct! {
    /// A collection of deployment groups for functions.
    ///
    /// Creates an
    /// [`AWS::CodeDeploy::Application`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codedeploy-application.html)
    /// with the compute platform Lambda. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | name | generated | generated |
    ///
    /// ```
    /// use infra_lib::codedeploy::LambdaApplication;
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// LambdaApplication::builder().build(stack, "Orders");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct LambdaApplication<'app>: "infra-lib.codedeploy.LambdaApplication" {
        resource: CfnApplication<'app>,
    }

    /// Properties of a [`LambdaApplication`], set through [`LambdaApplication::builder`].
    pub struct LambdaApplicationProps, LambdaApplicationBuilder, lambda_application_builder {
        /// Physical name of the application. Default: a generated name.
        text application_name,
    }
}

impl<'app> LambdaApplication<'app> {
    fn create(scope: Scope<'app>, props: LambdaApplicationProps<'app>) -> Self {
        let resource = CfnApplicationProps::new()
            .compute_platform(application::ComputePlatform::LAMBDA)
            .with(
                props.application_name,
                CfnApplicationProps::application_name,
            )
            .build(scope, "Resource");
        Self { scope, resource }
    }

    /// Returns the physical name of the application.
    pub fn application_name(&self) -> Value<Name<kind::codedeploy::Application>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the application.
    pub fn cfn(&self) -> CfnApplication<'app> {
        self.resource
    }
}
