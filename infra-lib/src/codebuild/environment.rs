//! Build environments: computers, and environment variables.

use infra_cfn::codebuild::project::{
    Environment, EnvironmentRequired, EnvironmentVariable, RegistryCredential,
};

use super::BuildImage;
use super::image::ImageOrigin;
use crate::construct::With;
use crate::iam::{RoleRef, Statement};
use crate::secretsmanager::SecretField;
use crate::{Diagnostic, Scope, Value, codes, pseudo, sub, value};

/// Size of the computer of a build.
///
/// See [compute modes and types](https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-compute-types.html).
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ComputeType {
    /// 2 processors; 3 GiB of memory with `x86_64`, 4 GiB with ARM. The default here.
    #[default]
    Small,
    /// 4 processors; 7 GiB of memory with `x86_64`, 8 GiB with ARM.
    Medium,
    /// 8 processors; 15 GiB of memory with `x86_64`, 16 GiB with ARM.
    Large,
    /// 36 processors and 70 GiB of memory with `x86_64`; 32 and 64 GiB with ARM.
    XLarge,
    /// 72 processors and 145 GiB of memory with `x86_64`; 48 and 96 GiB with ARM.
    TwoXLarge,
}

impl ComputeType {
    const fn name(self) -> &'static str {
        match self {
            Self::Small => "BUILD_GENERAL1_SMALL",
            Self::Medium => "BUILD_GENERAL1_MEDIUM",
            Self::Large => "BUILD_GENERAL1_LARGE",
            Self::XLarge => "BUILD_GENERAL1_XLARGE",
            Self::TwoXLarge => "BUILD_GENERAL1_2XLARGE",
        }
    }
}

/// Access of a build to a Docker daemon.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum DockerDaemon {
    /// None. The default here and in CloudFormation.
    #[default]
    None,
    /// The container is privileged, which building images needs, and controls the computer of the build.
    Privileged,
}

/// Source of an environment variable.
#[derive(Clone, Debug)]
pub(super) enum Variable {
    Text(Value<String>),
    Secret(SecretField),
    Parameter(Value<String>),
}

/// Returns the property `Environment`, and gives the role the permissions for images, secrets and parameters.
pub(super) fn render<'app>(
    scope: Scope<'app>,
    role: RoleRef<'app>,
    image: &BuildImage<'app>,
    compute: ComputeType,
    docker: DockerDaemon,
    variables: Vec<(String, Variable)>,
) -> Environment {
    let required = EnvironmentRequired {
        compute_type: value(compute.name()),
        image: image.reference(),
        type_: value(image.environment.name()),
    };
    let (principal, credential) = match &image.origin {
        ImageOrigin::CodeBuild(_) => ("CODEBUILD", None),
        ImageOrigin::Registry(_, credentials) => {
            let credential = credentials.as_ref().map(|field| {
                allow_reading(role, field);
                RegistryCredential::new(field.value_from(), "SECRETS_MANAGER")
            });
            ("SERVICE_ROLE", credential)
        }
        ImageOrigin::Repository(repository, _) => {
            repository.grant_pull(&role);
            ("SERVICE_ROLE", None)
        }
    };
    let variables: Vec<_> = variables
        .into_iter()
        .map(|(name, variable)| variable_of(scope, role, name, variable))
        .collect();
    Environment::new(required)
        .image_pull_credentials_type(principal)
        .privileged_mode(docker == DockerDaemon::Privileged)
        .with(credential, Environment::registry_credential)
        .with(
            (!variables.is_empty()).then_some(variables),
            Environment::environment_variables,
        )
}

fn variable_of(
    scope: Scope<'_>,
    role: RoleRef<'_>,
    name: String,
    variable: Variable,
) -> EnvironmentVariable {
    match variable {
        Variable::Text(text) => EnvironmentVariable::new(name, text).type_("PLAINTEXT"),
        Variable::Secret(field) => {
            if field.dynamic_reference().is_none() {
                report_parameter(scope, &name);
            }
            allow_reading(role, &field);
            EnvironmentVariable::new(name, field.value_from()).type_("SECRETS_MANAGER")
        }
        Variable::Parameter(parameter) => {
            let path = match parameter.as_literal() {
                Some(name) => value(name.trim_start_matches('/')),
                None => parameter.clone(),
            };
            role.add_statement(
                Statement::allow()
                    .action("ssm:GetParameters")
                    .resource(sub![
                        "arn:",
                        pseudo::partition(),
                        ":ssm:",
                        pseudo::region(),
                        ":",
                        pseudo::account_id(),
                        ":parameter/",
                        path
                    ]),
            );
            EnvironmentVariable::new(name, parameter).type_("PARAMETER_STORE")
        }
    }
}

fn allow_reading(role: RoleRef<'_>, field: &SecretField) {
    for statement in field.read_statements() {
        role.add_statement(statement);
    }
}

fn report_parameter(scope: Scope<'_>, name: &str) {
    scope.report(
        Diagnostic::new(
            codes::BUILD_SETTING,
            format!("the secret of the environment variable `{name}` is a parameter"),
        )
        .property("Environment.EnvironmentVariables")
        .expected("a field of a secret")
        .help(format!(
            "use `.parameter(\"{name}\", \"/path/of/the/parameter\")`"
        ))
        .url("https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html"),
    );
}
