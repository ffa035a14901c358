//! Checks of containers that the compiler cannot make.

use std::collections::BTreeSet;

use super::container::ContainerDefinition;
use super::parts::{HealthCheck, Mount};
use crate::core::{Data, Diagnostic, Scope, codes};

/// Beginnings of dynamic references, which CloudFormation replaces by a secret.
const SECRET_REFERENCES: [&str; 2] = ["{{resolve:secretsmanager:", "{{resolve:ssm-secure:"];

/// Reports settings that ECS refuses, and secrets in plain environment variables.
pub(super) fn check_containers(scope: Scope<'_>, containers: &[ContainerDefinition]) {
    let mut names = BTreeSet::new();
    for container in containers {
        check_name(scope, container, &mut names);
        container.image.check_digest(scope, &container.name);
        check_variables(scope, container);
        check_numbers(scope, container);
    }
}

fn check_name<'a>(
    scope: Scope<'_>,
    container: &'a ContainerDefinition,
    names: &mut BTreeSet<&'a str>,
) {
    let name = &*container.name;
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if name.is_empty() || name.len() > 255 || !name.chars().all(allowed) {
        scope.report(
            Diagnostic::new(
                codes::CONTAINER_NAME,
                format!("`{name}` is not a valid container name"),
            )
            .property("ContainerDefinitions.Name")
            .actual(name)
            .expected("1 to 255 letters, digits, hyphens and underscores"),
        );
    } else if !names.insert(name) {
        scope.report(
            Diagnostic::new(
                codes::CONTAINER_NAME,
                format!("two containers of one task have the name `{name}`"),
            )
            .property("ContainerDefinitions.Name")
            .actual(name)
            .help("give each container of the task a unique name"),
        );
    }
}

fn check_variables(scope: Scope<'_>, container: &ContainerDefinition) {
    let mut seen = BTreeSet::new();
    let plain = container
        .env
        .iter()
        .map(|(name, _)| (name, "an environment variable"));
    let secret = container.secrets.iter().map(|(name, _)| (name, "a secret"));
    for (name, what) in plain.chain(secret) {
        if !seen.insert(name) {
            scope.report(
                Diagnostic::new(
                    codes::DUPLICATE_ENVIRONMENT_NAME,
                    format!(
                        "container `{}` sets `{name}` twice, the second time as {what}",
                        container.name
                    ),
                )
                .property("ContainerDefinitions.Environment")
                .actual(name)
                .help("set each name once, with `.env` or with `.secret`"),
            );
        }
    }
    for (name, value) in &container.env {
        if holds_secret(value.data()) {
            scope.report(
                Diagnostic::new(
                    codes::CONTAINER_SECRET_IN_ENVIRONMENT,
                    format!("container `{}` gets a secret as the plain environment variable `{name}`", container.name),
                )
                .property("ContainerDefinitions.Environment")
                .note("anyone who can describe the task definition can read it, also in all old revisions")
                .help(format!("pass it with `.secret(\"{name}\", field)`, so that ECS reads it when the container starts")),
            );
        }
    }
}

fn holds_secret(data: &Data) -> bool {
    let is_secret = |data: &Data| match data {
        Data::Text(text) => SECRET_REFERENCES.iter().any(|start| text.contains(start)),
        _ => false,
    };
    // The debug form shows literals at any depth of an intrinsic function.
    is_secret(data)
        || data.as_expr().is_some_and(|expr| {
            let shown = format!("{expr:?}");
            SECRET_REFERENCES.iter().any(|start| shown.contains(start))
        })
}

fn check_numbers(scope: Scope<'_>, container: &ContainerDefinition) {
    let report = |property: &str, actual: String, expected: &str| {
        scope.report(
            Diagnostic::new(
                codes::TASK_SETTING_RANGE,
                format!(
                    "container `{}` has {actual}, which Fargate rejects",
                    container.name
                ),
            )
            .property(format!("ContainerDefinitions.{property}"))
            .actual(actual)
            .expected(expected),
        );
    };
    let stop = container.stop_timeout;
    if !(2..=120).contains(&stop.as_seconds()) {
        report(
            "StopTimeout",
            format!("a stop timeout of {stop}"),
            "2 to 120 seconds",
        );
    }
    if let Some((soft, hard)) = container.open_files
        && (soft > hard || hard > 1_048_576)
    {
        let actual = format!("limits of {soft} and {hard} open files");
        report(
            "Ulimits",
            actual,
            "a soft limit up to the hard limit, and a hard limit up to 1048576",
        );
    }
    for mount in &container.mounts {
        let (Mount::Tmpfs { path, .. } | Mount::Scratch { path } | Mount::FileSystem { path, .. }) =
            mount;
        if !path.starts_with('/') {
            report(
                "MountPoints",
                format!("a mount at `{path}`"),
                "an absolute path, such as `/tmp`",
            );
        }
    }
    if let Some((_, 0)) = container.port {
        report("PortMappings", "port 0".to_owned(), "1 to 65535");
    }
    if let Some(check) = &container.health_check {
        check_health_check(check, &report);
    }
}

/// Checks the limits of the
/// [`HealthCheck`](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html) API.
fn check_health_check(check: &HealthCheck, report: &dyn Fn(&str, String, &str)) {
    if !(5..=300).contains(&check.interval.as_seconds()) {
        report(
            "HealthCheck.Interval",
            format!("a health-check interval of {}", check.interval),
            "5 to 300 seconds",
        );
    }
    if !(2..=60).contains(&check.timeout.as_seconds()) {
        report(
            "HealthCheck.Timeout",
            format!("a health-check timeout of {}", check.timeout),
            "2 to 60 seconds",
        );
    }
    if !(1..=10).contains(&check.retries) {
        report(
            "HealthCheck.Retries",
            format!("{} health-check retries", check.retries),
            "1 to 10",
        );
    }
    if check.start_period.as_seconds() > 300 {
        let actual = format!("a health-check start period of {}", check.start_period);
        report("HealthCheck.StartPeriod", actual, "up to 300 seconds");
    }
}
