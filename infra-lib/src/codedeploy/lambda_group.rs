//! Deployment groups for aliases of functions.

use super::{AsLambdaApplication, LambdaApplication, LambdaApplicationRef, Traffic};
use crate::cfn::codedeploy::{CfnDeploymentGroup, CfnDeploymentGroupProps, deployment_group};
use crate::cloudwatch::{AlarmRef, AsAlarm};
use crate::construct::With;
use crate::core::{Data, Diagnostic, Map, Name, Scope, Value, codes, pseudo, sub};
use crate::iam::{Principal, Role, Statement};
use crate::kind;
use crate::lambda::{Alias, AsFunction, FunctionRef};

crate::construct! {
    /// Gradual deployments of an alias: a deployment moves the requests of the alias to the new version in steps, and back
    /// if an alarm goes off or a hook fails.
    ///
    /// Creates an
    /// [`AWS::CodeDeploy::DeploymentGroup`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codedeploy-deploymentgroup.html),
    /// its role and application, and sets the
    /// [update policy](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html)
    /// of the alias. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | application | one for this group | required |
    /// | role | may change this alias and read alarms | required |
    /// | steps | 10 percent, the others after 5 minutes | all at once |
    /// | return to the old version | on failure, and on an alarm | none |
    ///
    /// Percentages and times that CodeDeploy rejects are reported (`INF4916`).
    ///
    /// ```
    /// use infra_lib::codedeploy::LambdaDeploymentGroup;
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
    /// let live = Alias::builder().alias_name("live").version(function.current_version()).build(stack, "Live");
    /// LambdaDeploymentGroup::builder().alias(live).build(stack, "Deployments");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct LambdaDeploymentGroup<'app>: "infra-lib.codedeploy.LambdaDeploymentGroup" {
        resource: CfnDeploymentGroup<'app>,
        role: Role<'app>,
        application: LambdaApplicationRef<'app>,
    }

    /// Properties of a [`LambdaDeploymentGroup`], set through [`LambdaDeploymentGroup::builder`].
    pub struct LambdaDeploymentGroupProps, LambdaDeploymentGroupBuilder, lambda_deployment_group_builder {
        /// Alarms that return the requests to the old version.
        list alarms: AlarmRef<'app>,
        /// Alias whose requests move. Its other versions, if any, are set by CodeDeploy.
        required_handle alias: Alias<'app>,
        /// Application of the group. Default: one for this group.
        reference application: AsLambdaApplication::as_lambda_application => LambdaApplicationRef<'app>,
        /// Physical name of the group. Default: a generated name.
        text deployment_group_name,
        /// Steps in which requests move. Default: 10 percent, the others after 5 minutes (CloudFormation: all at once).
        default traffic: Traffic = Traffic::canary(10, crate::core::Duration::minutes(5)),
        /// Function that tests the new version before it receives requests. It must report its result to CodeDeploy, for
        /// which it gets the permission; for an imported function, the permission is reported (`INF4981`). Default: none.
        reference pre_hook: AsFunction::as_function => FunctionRef<'app>,
        /// Function that tests the new version after it has received all requests. Default: none.
        reference post_hook: AsFunction::as_function => FunctionRef<'app>,
    }
}

impl<'app, S: lambda_deployment_group_builder::State> LambdaDeploymentGroupBuilder<'app, S> {
    /// Adds an alarm: when it goes off during a deployment, the requests return to the old version. Default: none.
    pub fn alarm(mut self, alarm: impl AsAlarm<'app>) -> Self {
        self.alarms.push(alarm.as_alarm());
        self
    }
}

impl<'app> LambdaDeploymentGroup<'app> {
    fn create(scope: Scope<'app>, props: LambdaDeploymentGroupProps<'app>) -> Self {
        use deployment_group::{
            AlarmConfiguration, AutoRollbackConfiguration,
            AutoRollbackConfigurationEvents as Event, DeploymentStyle,
            DeploymentStyleDeploymentOption, DeploymentStyleDeploymentType,
        };
        check(scope, props.traffic);
        let application = props.application.unwrap_or_else(|| {
            LambdaApplication::builder()
                .build(scope, "Application")
                .as_lambda_application()
        });
        let role = Role::builder()
            .assumed_by(Principal::service("codedeploy.amazonaws.com"))
            .build(scope, "ServiceRole");
        let function = props.alias.function();
        role.add_statement(
            Statement::allow()
                .actions([
                    "lambda:GetAlias",
                    "lambda:GetProvisionedConcurrencyConfig",
                    "lambda:UpdateAlias",
                ])
                .resources([sub![function.arn()], sub![function.arn(), ":*"]]),
        );
        let mut events = vec![Event::DEPLOYMENT_FAILURE];
        let alarms: Vec<_> = props
            .alarms
            .iter()
            .map(|alarm| deployment_group::Alarm::new().name(alarm.name().cast::<String>()))
            .collect();
        let watched = (!alarms.is_empty()).then(|| {
            events.push(Event::DEPLOYMENT_STOP_ON_ALARM);
            // The action has no resources.
            role.add_statement(
                Statement::allow()
                    .action("cloudwatch:DescribeAlarms")
                    .resource("*"),
            );
            AlarmConfiguration::new().enabled(true).alarms(alarms)
        });
        let style = DeploymentStyle::new()
            .deployment_option(DeploymentStyleDeploymentOption::WITH_TRAFFIC_CONTROL)
            .deployment_type(DeploymentStyleDeploymentType::BLUE_GREEN);
        let rollback = AutoRollbackConfiguration::new()
            .enabled(true)
            .events(events);
        let resource = CfnDeploymentGroupProps::new(
            application.application_name().cast::<String>(),
            role.arn(),
        )
        .deployment_config_name(props.traffic.bind(scope))
        .deployment_style(style)
        .auto_rollback_configuration(rollback)
        .with(watched, CfnDeploymentGroupProps::alarm_configuration)
        .with(
            props.deployment_group_name,
            CfnDeploymentGroupProps::deployment_group_name,
        )
        .build(scope, "Resource");
        let group = Self {
            scope,
            resource,
            role,
            application,
        };
        let mut update = Map::new();
        update.insert(
            "ApplicationName",
            application.application_name().into_data(),
        );
        update.insert("DeploymentGroupName", resource.ref_().into_data());
        let hooks = [
            ("BeforeAllowTrafficHook", props.pre_hook),
            ("AfterAllowTrafficHook", props.post_hook),
        ];
        for (name, hook) in hooks {
            if let Some(hook) = hook {
                group.permit_hook(hook);
                update.insert(name, hook.function_name().into_data());
            }
        }
        let policy = Data::map([("CodeDeployLambdaAliasUpdate", Data::Map(update))]);
        props.alias.cfn().update_policy(policy);
        group
    }

    /// Allows the group to invoke a hook, and the hook to report its result.
    #[track_caller]
    fn permit_hook(&self, hook: FunctionRef<'app>) {
        hook.grant_invoke(&self.role);
        // All groups of the application: a reference to the group would close a circle with its role.
        let groups = sub![
            "arn:",
            pseudo::partition(),
            ":codedeploy:",
            pseudo::region(),
            ":",
            pseudo::account_id(),
            ":deploymentgroup:",
            self.application.application_name(),
            "/*"
        ];
        hook.add_statement(
            Statement::allow()
                .action("codedeploy:PutLifecycleEventHookExecutionStatus")
                .resource(groups),
        );
    }

    /// Returns the physical name of the group.
    pub fn deployment_group_name(&self) -> Value<Name<kind::codedeploy::DeploymentGroup>> {
        self.resource.ref_()
    }

    /// Returns the application.
    pub fn application(&self) -> LambdaApplicationRef<'app> {
        self.application
    }

    /// Returns the role with which CodeDeploy changes the alias.
    pub fn role(&self) -> Role<'app> {
        self.role
    }

    /// Returns the L1 binding of the group.
    pub fn cfn(&self) -> CfnDeploymentGroup<'app> {
        self.resource
    }
}

/// Reports steps that CodeDeploy rejects (`INF4916`).
fn check(scope: Scope<'_>, traffic: Traffic) {
    let (Some(percentage), Some(interval)) = (traffic.percentage(), traffic.interval()) else {
        return;
    };
    let seconds = interval.as_seconds();
    if (1..=99).contains(&percentage) && seconds > 0 && seconds.is_multiple_of(60) {
        return;
    }
    scope.report(
        Diagnostic::new(
            codes::DEPLOYMENT_STEPS,
            "CodeDeploy rejects the steps of a deployment",
        )
        .property("TrafficRoutingConfig")
        .actual(format!("{percentage} percent, {interval}"))
        .expected("1 to 99 percent, and a time in whole minutes")
        .url("https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations-create.html"),
    );
}
