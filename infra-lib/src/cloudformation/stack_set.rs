//! The [`StackSet`] construct, and existing stack sets.

use super::stack_set_options::parameters;
use super::stack_set_template::Source;
use super::{
    OperationPreferences, StackInstances, StackSetCapability, StackSetPermissions, StackSetTemplate,
};
use crate::cfn::cloudformation::stack_set::{
    AutoDeployment, CallAs, Capability, ManagedExecution, PermissionModel,
};
use crate::cfn::cloudformation::{CfnStackSet, CfnStackSetProps};
use crate::construct::With;
use crate::core::{Construct, Diagnostic, Id, IntoValue, Scope, Value, codes};
use crate::kind;

/// Size limit of a template that is part of the request, in bytes.
///
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html>
const MAX_BODY: usize = 51_200;

crate::construct! {
    /// A stack set: one template, deployed as stacks in many accounts and regions.
    ///
    /// Creates an
    /// [`AWS::CloudFormation::StackSet`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stackset.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | permissions | required | required |
    /// | automatic deployment to new accounts of an organization | on, with [`StackSetPermissions::service_managed`] | required |
    /// | stacks of accounts that leave | deleted | required |
    /// | operations | one account after the other, and a stop at the first failure | the same |
    /// | managed execution | on: operations that do not affect each other run at the same time, others wait | off: the second operation fails |
    /// | capabilities | none | none |
    ///
    /// See [StackSets](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/what-is-cfnstacksets.html).
    ///
    /// ```
    /// use infra_lib::cloudformation::{StackInstances, StackSet, StackSetPermissions, StackSetTemplate};
    /// use infra_lib::sns::Topic;
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Governance");
    /// let template = StackSetTemplate::of_stack(|stack| {
    ///     Topic::builder().build(stack, "Alerts");
    /// });
    /// StackSet::builder()
    ///     .stack_set_name("alerts")
    ///     .template(template)
    ///     .permissions(StackSetPermissions::service_managed())
    ///     .instances(StackInstances::organizational_units(["ou-ab12-11111111"], ["eu-central-1", "eu-west-1"]))
    ///     .build(stack, "Alerts");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct StackSet<'app>: "infra-lib.cloudformation.StackSet" {
        resource: CfnStackSet<'app>,
    }

    /// Properties of a [`StackSet`], set through [`StackSet::builder`].
    pub struct StackSetProps, StackSetBuilder, stack_set_builder {
        /// Name of the stack set. Changing it replaces the stack set.
        required_value stack_set_name: String,
        /// Template of the stacks (`INF4052`).
        required template: StackSetTemplate,
        /// Roles with which CloudFormation works in the accounts. Changing the kind replaces the stack set.
        required permissions: StackSetPermissions,
        /// Accounts and regions with a stack (`INF4053`). Default: none, as in CloudFormation.
        list instances: StackInstances,
        /// Parameters of all stacks. Default: those of the template.
        list parameters: (String, Value<String>),
        /// Statements of the template that are acknowledged. Default: none.
        list capabilities: StackSetCapability,
        /// Speed of operations, and the failures that stop them.
        optional operation_preferences: OperationPreferences,
        /// Description. Default: none.
        text description,
    }
}

crate::import! {
    /// An existing stack set, from [`StackSet::from_id`].
    pub struct ImportedStackSet<'app>: "infra-lib.cloudformation.ImportedStackSet" {
        /// Returns the ID of the stack set, `NAME:…`.
        stack_set_id: Id<kind::cloudformation::StackSet>,
    }
}

impl<S: stack_set_builder::State> StackSetBuilder<'_, S> {
    /// Adds accounts and regions with a stack.
    pub fn instances(mut self, instances: StackInstances) -> Self {
        self.instances.push(instances);
        self
    }

    /// Sets a parameter of all stacks.
    pub fn parameter(mut self, name: impl Into<String>, text: impl IntoValue<String>) -> Self {
        self.parameters.push((name.into(), text.into_value()));
        self
    }

    /// Acknowledges statements of the template.
    pub fn capability(mut self, capability: StackSetCapability) -> Self {
        self.capabilities.push(capability);
        self
    }
}

impl<'app> StackSet<'app> {
    fn create(scope: Scope<'app>, props: StackSetProps<'app>) -> Self {
        check_template(scope, &props.template);
        for instances in &props.instances {
            check_instances(scope, &props.permissions, instances);
        }
        let model = match props.permissions {
            StackSetPermissions::SelfManaged { .. } => PermissionModel::SELF_MANAGED,
            StackSetPermissions::ServiceManaged { .. } => PermissionModel::SERVICE_MANAGED,
        };
        let mut cfn = CfnStackSetProps::new(model, props.stack_set_name)
            .managed_execution(ManagedExecution::new().active(true))
            .with(props.description, CfnStackSetProps::description)
            .with(props.operation_preferences, |cfn, preferences| {
                cfn.operation_preferences(preferences.render())
            });
        cfn = match props.template.source {
            Source::Body(body) => cfn.template_body(body),
            Source::Url(url) => cfn.template_url(url),
        };
        cfn = match props.permissions {
            StackSetPermissions::SelfManaged {
                administration_role,
                execution_role,
            } => cfn
                .with(
                    administration_role,
                    CfnStackSetProps::administration_role_arn,
                )
                .with(execution_role, CfnStackSetProps::execution_role_name),
            StackSetPermissions::ServiceManaged {
                auto_deployment,
                delegated_administrator,
            } => {
                let deployment = AutoDeployment::new().enabled(auto_deployment);
                let deployment = if auto_deployment {
                    deployment.retain_stacks_on_account_removal(false)
                } else {
                    deployment
                };
                let cfn = cfn.auto_deployment(deployment);
                if delegated_administrator {
                    cfn.call_as(CallAs::DELEGATED_ADMIN)
                } else {
                    cfn
                }
            }
        };
        let mut capabilities = props.capabilities;
        capabilities.sort();
        capabilities.dedup();
        let capabilities: Vec<Capability> = capabilities.into_iter().map(capability).collect();
        if !capabilities.is_empty() {
            cfn = cfn.capabilities(capabilities);
        }
        if !props.parameters.is_empty() {
            cfn = cfn.parameters(parameters(props.parameters));
        }
        if !props.instances.is_empty() {
            let groups: Vec<_> = props
                .instances
                .into_iter()
                .map(StackInstances::render)
                .collect();
            cfn = cfn.stack_instances_group(groups);
        }
        let resource = cfn.build(scope, "Resource");
        Self { scope, resource }
    }

    /// Imports an existing stack set by its ID.
    #[track_caller]
    pub fn from_id(
        scope: impl Construct<'app>,
        id: &str,
        stack_set_id: impl IntoValue<Id<kind::cloudformation::StackSet>>,
    ) -> ImportedStackSet<'app> {
        ImportedStackSet::import(scope, id, stack_set_id.into_value())
    }

    /// Returns the ID of the stack set, `NAME:…`.
    pub fn stack_set_id(&self) -> Value<Id<kind::cloudformation::StackSet>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the stack set.
    pub fn cfn(&self) -> CfnStackSet<'app> {
        self.resource
    }
}

fn capability(capability: StackSetCapability) -> Capability {
    match capability {
        StackSetCapability::Iam => Capability::CAPABILITY_IAM,
        StackSetCapability::NamedIam => Capability::CAPABILITY_NAMED_IAM,
        StackSetCapability::AutoExpand => Capability::CAPABILITY_AUTO_EXPAND,
    }
}

fn check_template(scope: Scope<'_>, template: &StackSetTemplate) {
    let report = |message: String| {
        Diagnostic::new(codes::STACK_SET_TEMPLATE, message)
            .property("TemplateBody")
            .url("https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-getting-started-create.html")
    };
    if !template.problems.is_empty() {
        let found = report("the stack of a stack set cannot be deployed".to_owned());
        let found = template.problems.iter().fold(found, Diagnostic::note);
        scope.report(
            found.help("correct the stack; put files into a bucket that all accounts read"),
        );
    }
    let Source::Body(body) = &template.source else {
        return;
    };
    let size = body.as_literal().map_or(0, str::len);
    if size > MAX_BODY {
        scope.report(
            report(format!("the template of a stack set has {size} bytes"))
                .actual(size.to_string())
                .expected("at most 51200 bytes")
                .help("divide it among several stack sets, or put it into a bucket: `StackSetTemplate::url(…)`"),
        );
    }
}

/// Reports targets that do not fit the permissions. The schema has the form of accounts, units and regions.
fn check_instances(
    scope: Scope<'_>,
    permissions: &StackSetPermissions,
    instances: &StackInstances,
) {
    let service = matches!(permissions, StackSetPermissions::ServiceManaged { .. });
    let (message, expected) = match (service, instances.units.is_empty()) {
        (true, true) => (
            "a stack set with service-managed permissions has accounts as targets",
            "`StackInstances::organizational_units(…)`",
        ),
        (false, false) => (
            "a stack set with self-managed permissions has organizational units as targets",
            "`StackInstances::accounts(…)`",
        ),
        (true, false) | (false, true) => return,
    };
    scope.report(
        Diagnostic::new(codes::STACK_SET_TARGETS, message)
            .property("StackInstancesGroup")
            .expected(expected)
            .help("service-managed permissions deploy to organizational units, self-managed ones to accounts")
            .url("https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-concepts.html"),
    );
}
