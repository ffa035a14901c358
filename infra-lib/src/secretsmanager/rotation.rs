//! Rotation of secrets on a schedule.

use super::Secret;
use crate::cfn::secretsmanager::rotation_schedule::RotationRules;
use crate::cfn::secretsmanager::{CfnRotationSchedule, CfnRotationScheduleProps};
use crate::core::{Arn, Construct, Diagnostic, Duration, Scope, Value, codes};
use crate::iam::{Grant, Grantable};
use crate::kind;

/// A function that can rotate a secret.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot rotate a secret",
    label = "this is not a function of the app"
)]
pub trait SecretRotator<'app>: Grantable<'app> {
    /// Returns the ARN of the function.
    fn rotation_function_arn(&self) -> Value<Arn<kind::lambda::Function>>;

    /// Permits Secrets Manager to invoke the function for secrets of this account, with a permission in `scope`, and
    /// returns the permission.
    fn permit_rotation(&self, scope: Scope<'app>) -> Scope<'app>;
}

/// The rotation of a secret, from [`Secret::rotate_with`].
///
/// Creates an
/// [`AWS::SecretsManager::RotationSchedule`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-rotationschedule.html)
/// and a permission of the function. The first rotation is immediate, as in CloudFormation.
#[derive(Clone, Copy, Debug)]
pub struct RotationSchedule<'app> {
    scope: Scope<'app>,
    resource: CfnRotationSchedule<'app>,
}

impl<'app> RotationSchedule<'app> {
    /// Returns the L1 binding of the rotation.
    pub fn cfn(&self) -> CfnRotationSchedule<'app> {
        self.resource
    }
}

impl<'app> Construct<'app> for RotationSchedule<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

impl<'app> Secret<'app> {
    /// Rotates the secret with a function of the app, once in an interval: 4 to 23 hours, or 1 to 1,000 days (`INF4974`).
    ///
    /// Secrets Manager invokes the function for the [steps of a
    /// rotation](https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html). The role of
    /// the function may read and replace this secret, and use its key.
    ///
    /// ```
    /// # use infra_lib::lambda::{Code, Function, Runtime};
    /// # use infra_lib::{App, Duration, Stack, secretsmanager::Secret};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// # let rotate = Function::builder()
    /// #     .runtime(Runtime::Nodejs24)
    /// #     .handler("index.handler")
    /// #     .code(Code::inline("exports.handler = async () => {};"))
    /// #     .build(stack, "Rotate");
    /// let token = Secret::builder().build(stack, "Token");
    /// token.rotate_with(&rotate, Duration::days(30));
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    #[track_caller]
    pub fn rotate_with(
        &self,
        function: &impl SecretRotator<'app>,
        interval: Duration,
    ) -> RotationSchedule<'app> {
        let scope = self.scope().at_caller().library_construct(
            "RotationSchedule",
            "infra-lib.secretsmanager.RotationSchedule",
        );
        let permission = function.permit_rotation(scope);
        self.grant_rotation(function);
        let resource = CfnRotationScheduleProps::new(self.arn())
            .rotation_lambda_arn(function.rotation_function_arn())
            .rotation_rules(rules(scope, interval))
            .build(scope, "Resource");
        resource.scope().depends_on(permission);
        RotationSchedule { scope, resource }
    }

    #[track_caller]
    fn grant_rotation(&self, function: &impl SecretRotator<'app>) {
        Grant::to(function)
            .actions([
                "secretsmanager:DescribeSecret",
                "secretsmanager:GetSecretValue",
                "secretsmanager:PutSecretValue",
                "secretsmanager:UpdateSecretVersionStage",
            ])
            .resource(self.arn())
            .on(self);
        // Random passwords belong to no secret.
        Grant::to(function)
            .action("secretsmanager:GetRandomPassword")
            .resource("*")
            .on_identity(*self);
        if let Some(key) = self.encryption_key() {
            key.grant_encrypt_decrypt(function);
        }
    }
}

fn rules(scope: Scope<'_>, interval: Duration) -> RotationRules {
    const DAY: i64 = 86_400;
    let seconds = interval.to_seconds_i64();
    let hours = seconds / 3_600;
    if seconds % DAY == 0 && (1..=1_000).contains(&(seconds / DAY)) {
        return RotationRules::new().automatically_after_days(seconds / DAY);
    }
    if seconds % 3_600 != 0 || !(4..24).contains(&hours) {
        scope.report(
            Diagnostic::new(
                codes::ROTATION_INTERVAL,
                "Secrets Manager rejects the interval of the rotation",
            )
            .property("RotationRules")
            .actual(interval.to_string())
            .expected("4 to 23 hours, or 1 to 1,000 days, without a remainder")
            .url("https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html"),
        );
    }
    RotationRules::new().schedule_expression(format!("rate({hours} hours)"))
}
