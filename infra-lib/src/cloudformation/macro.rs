//! The [`Macro`] construct.

use crate::cfn::cloudformation::{CfnMacro, CfnMacroProps};
use crate::construct::With;
use crate::core::{IntoValue, Scope, Value};
use crate::iam::{Grant, Grantable, Principal, Role};
use crate::lambda::{AsFunction, FunctionRef};
use crate::logs::{AsLogGroup, LogGroupRef};

crate::construct! {
    /// A macro: a function that changes templates before CloudFormation deploys them.
    ///
    /// Creates an
    /// [`AWS::CloudFormation::Macro`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-macro.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | accounts | that of the stack | the same |
    /// | logs of CloudFormation | none | none |
    ///
    /// Principals that deploy a template with the macro need the permission to invoke the function; [`grant_use`](Self::grant_use) gives
    /// it. The function reads the whole template, and what it returns is deployed. See [perform custom processing with
    /// macros](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-macros.html).
    ///
    /// ```
    /// use infra_lib::cloudformation::Macro;
    /// use infra_lib::lambda::{Code, Function, Runtime};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Macros");
    /// let function = Function::builder()
    ///     .runtime(Runtime::Python314)
    ///     .handler("index.handler")
    ///     .code(Code::inline(
    ///         "def handler(event, context):\n    return {'requestId': event['requestId'], 'status': 'success', 'fragment': event['fragment']}",
    ///     ))
    ///     .build(stack, "Function");
    /// Macro::builder().name("Explode").function(function).build(stack, "Macro");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct Macro<'app>: "infra-lib.cloudformation.Macro" {
        resource: CfnMacro<'app>,
        function: FunctionRef<'app>,
    }

    /// Properties of a [`Macro`], set through [`Macro::builder`].
    pub struct MacroProps, MacroBuilder, macro_builder {
        /// Name by which templates use the macro, unique in account and region. Changing it replaces the macro.
        required_value name: String,
        /// Function that changes templates.
        required_reference function: AsFunction::as_function => FunctionRef<'app>,
        /// Description. Default: none.
        text description,
        /// Log group for the errors of CloudFormation while it invokes the macro. Default: none.
        reference log_group: AsLogGroup::as_log_group => LogGroupRef<'app>,
    }
}

impl<'app> Macro<'app> {
    fn create(scope: Scope<'app>, props: MacroProps<'app>) -> Self {
        let function = props.function;
        let mut cfn = CfnMacroProps::new(function.arn().cast::<String>(), props.name)
            .with(props.description, CfnMacroProps::description);
        if let Some(group) = props.log_group {
            let role = Role::builder()
                .assumed_by(Principal::service("cloudformation.amazonaws.com"))
                .build(scope, "LogRole");
            group.grant_write(&role);
            cfn = cfn.log_group_name(group.name()).log_role_arn(role.arn());
        }
        let resource = cfn.build(scope, "Resource");
        Self {
            scope,
            resource,
            function,
        }
    }

    /// Allows a principal to deploy templates with the macro.
    #[track_caller]
    pub fn grant_use(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        match self.function {
            FunctionRef::Own(function) => function.grant_invoke(to),
            FunctionRef::Imported(function) => function.grant_invoke(to),
        }
    }

    /// Allows another account to deploy templates with the macro, by its number.
    #[track_caller]
    pub fn share_with_account(&self, account: impl IntoValue<String>) -> Grant<'app> {
        self.grant_use(&Principal::account(account))
    }

    /// Returns the name of the macro, for the property `Transform` of a template.
    pub fn name(&self) -> Value<String> {
        self.resource.ref_().cast()
    }

    /// Returns the L1 binding of the macro.
    pub fn cfn(&self) -> CfnMacro<'app> {
        self.resource
    }
}
