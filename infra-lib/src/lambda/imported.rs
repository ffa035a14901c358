//! Existing functions.

use std::panic::Location;

use super::Function;
use super::invoke::{Invocable, Invoked};
use crate::core::intrinsics::{select, split};
use crate::core::{Arn, Construct, Diagnostic, IntoValue, Name, Stack, codes, pseudo, sub, value};
use crate::iam::{Grant, Grantable, Statement};
use crate::kind;

crate::import! {
    /// An existing function, from [`Function::from_arn`] or [`Function::from_name`].
    ///
    /// The function and its role belong to the app that creates them. Its policy can be extended by an
    /// `AWS::Lambda::Permission` if it is in the account and region of the stack: always with `from_name`, and with
    /// `from_arn` if the ARN and the environment of the stack are known. Otherwise a permission that the policy needs is
    /// reported (`INF4980`), and one that the role needs in any case (`INF4981`).
    ///
    /// ```
    /// # use infra_lib::{App, Stack, iam::{Principal, Role}, lambda::Function};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// # let role = Role::builder().assumed_by(Principal::service("ecs-tasks.amazonaws.com")).build(stack, "Role");
    /// let function = Function::from_arn(stack, "Thumbnails", "arn:aws:lambda:eu-west-1:111122223333:function:thumbnails");
    /// function.grant_invoke(&role);
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct ImportedFunction<'app>: "infra-lib.lambda.ImportedFunction" {
        /// Returns the ARN of the function.
        arn: Arn<kind::lambda::Function>,
        /// Returns the name of the function, taken from the ARN.
        function_name: Name<kind::lambda::Function>,
    }

    /// A function of the app or an existing one, from [`AsFunction::as_function`].
    pub enum FunctionRef of Function;

    /// A function for builders: a [`Function`] or an [`ImportedFunction`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no function",
        label = "a `Function` or an `ImportedFunction` is needed here",
        note = "`Function::from_arn` and `Function::from_name` import an existing function"
    )]
    pub trait AsFunction::as_function;
}

/// Mark of an import that is in the account and region of its stack.
struct SameEnvironment;

impl<'app> Function<'app> {
    /// Imports an existing function by its ARN, without a version. Principals of this app can be allowed to invoke it.
    #[track_caller]
    pub fn from_arn(
        scope: impl Construct<'app>,
        id: &str,
        arn: impl IntoValue<Arn<kind::lambda::Function>>,
    ) -> ImportedFunction<'app> {
        let arn = arn.into_value();
        let name = match arn.as_literal() {
            Some(text) => value(text.split(':').nth(6).unwrap_or(text)),
            None => select(6, split(":", &arn)).cast(),
        };
        ImportedFunction::import(scope, id, arn, name)
    }

    /// Imports an existing function of the account and region of the stack, by its name.
    ///
    /// ```
    /// # use infra_lib::{App, Stack, lambda::Function, sns::Topic};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// let notify = Function::from_name(stack, "Notify", "notify");
    /// Topic::builder().build(stack, "Orders").subscribe(&notify);
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    #[track_caller]
    pub fn from_name(
        scope: impl Construct<'app>,
        id: &str,
        name: impl IntoValue<Name<kind::lambda::Function>>,
    ) -> ImportedFunction<'app> {
        let name = name.into_value();
        let arn = sub![
            "arn:",
            pseudo::partition(),
            ":lambda:",
            pseudo::region(),
            ":",
            pseudo::account_id(),
            ":function:",
            &name
        ];
        let function = ImportedFunction::import(scope, id, arn.cast(), name);
        function.scope.attach(SameEnvironment);
        function
    }
}

impl<'app> ImportedFunction<'app> {
    /// Allows a principal to invoke the function, and every version and alias of it.
    ///
    /// Roles of the app receive the permission in their policy; in another account, the policy of the function must allow
    /// it as well. Services, accounts and imported roles need a permission in the policy of the function, which this app
    /// adds if the function is in the account and region of the stack, and reports otherwise (`INF4980`).
    #[track_caller]
    pub fn grant_invoke(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        self.invoked().grant_all(to)
    }

    /// Returns true if the function is known to be in the account and region of its stack.
    pub(super) fn is_in_environment(&self) -> bool {
        if self.scope.attached::<SameEnvironment>().is_some() {
            return true;
        }
        let arn = self.arn();
        let Some((text, stack)) = arn.as_literal().zip(Stack::of(self.scope)) else {
            return false;
        };
        let mut parts = text.split(':').skip(3);
        let environment = stack.environment();
        let mut equals = |known: Option<&str>| {
            let part = parts.next();
            part.is_some() && part == known
        };
        equals(environment.region.as_deref()) && equals(environment.account.as_deref())
    }

    /// Reports a statement that the role of the function needs (`INF4981`).
    #[cfg(feature = "codedeploy")]
    #[track_caller]
    fn report_role(&self, statement: &Statement) {
        let finding = Diagnostic::new(
            codes::IMPORTED_FUNCTION_ROLE,
            format!(
                "the role of an imported function must allow {}",
                statement.describe()
            ),
        )
        .origin(Location::caller())
        .note(
            "the role belongs to the app that creates the function, and this app cannot change it",
        )
        .help("add the permission where the function is created, then acknowledge this finding")
        .url("https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html");
        self.scope.report(self.named(finding));
    }

    /// Reports a statement that the policy of the function needs (`INF4980`).
    #[track_caller]
    pub(super) fn report_policy(&self, statement: &str) {
        let finding = Diagnostic::new(
            codes::IMPORTED_FUNCTION_POLICY,
            format!("the policy of an imported function must allow {statement}"),
        )
        .origin(Location::caller())
        .note("a stack can add permissions to functions of its account and region only, and this function is not known to be one")
        .help("import it with `Function::from_name(scope, id, name)` if it is in the account and region of the stack; else add the permission where the function is created, then acknowledge this finding")
        .url("https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html");
        self.scope.report(self.named(finding));
    }

    fn named(&self, finding: Diagnostic) -> Diagnostic {
        match self.arn().as_literal() {
            Some(arn) => finding.actual(arn),
            None => finding,
        }
    }
}

impl<'app> FunctionRef<'app> {
    /// Allows a principal to invoke the function, and every version and alias of it.
    #[track_caller]
    pub fn grant_invoke(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        self.invoked().grant_all(to)
    }

    /// Adds a statement to the role of a function of the app. For an imported function, it is reported (`INF4981`).
    #[cfg(feature = "codedeploy")]
    #[track_caller]
    pub(crate) fn add_statement(&self, statement: Statement) {
        match self {
            Self::Own(function) => function.add_statement(statement),
            Self::Imported(function) => function.report_role(&statement),
        }
    }
}

impl<'app> Invocable<'app> for ImportedFunction<'app> {
    fn invoked(&self) -> Invoked<'app> {
        Invoked::of_imported(*self)
    }
}

impl<'app> Invocable<'app> for FunctionRef<'app> {
    fn invoked(&self) -> Invoked<'app> {
        match self {
            Self::Own(function) => function.invoked(),
            Self::Imported(function) => function.invoked(),
        }
    }
}

crate::import::into_arn!(kind::lambda::Function: ImportedFunction, FunctionRef);
