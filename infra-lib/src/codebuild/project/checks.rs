//! Checks of projects.

use super::{BuildBadge, DockerDaemon, ProjectProps};
use crate::{Diagnostic, Duration, Scope, codes};

const GUIDE: &str =
    "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateProject.html";

fn report_source(scope: Scope<'_>, property: &str, actual: &str, expected: &str) {
    scope.report(
        Diagnostic::new(
            codes::BUILD_SOURCE,
            "CodeBuild rejects the sources or artifacts of a project",
        )
        .property(property)
        .actual(actual)
        .expected(expected)
        .url(GUIDE),
    );
}

fn report_setting(scope: Scope<'_>, property: &str, actual: &str, expected: &str) {
    scope.report(
        Diagnostic::new(
            codes::BUILD_SETTING,
            "CodeBuild rejects a setting of a project",
        )
        .property(property)
        .actual(actual)
        .expected(expected)
        .url(GUIDE),
    );
}

/// Reports properties that CodeBuild rejects (`INF4086`, `INF4087`, `INF4088`).
pub(super) fn check(scope: Scope<'_>, props: &ProjectProps<'_>) {
    check_spec(scope, props);
    check_sources(scope, props);
    check_settings(scope, props);
}

fn check_spec(scope: Scope<'_>, props: &ProjectProps<'_>) {
    let inline = props.build_spec.as_ref().is_some_and(|spec| !spec.is_file);
    if props.source.is_none() && !inline {
        scope.report(
            Diagnostic::new(
                codes::BUILD_SPEC,
                "a project without a source has no commands",
            )
            .property("Source.BuildSpec")
            .expected("a build specification in the template")
            .help("add `.build_spec(BuildSpec::commands([…]))`, or a source that has a file `buildspec.yml`")
            .url("https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html"),
        );
    }
}

fn check_sources(scope: Scope<'_>, props: &ProjectProps<'_>) {
    let source = &props.source;
    let others = !props.secondary_sources.is_empty() || !props.secondary_artifacts.is_empty();
    if source.is_pipeline() && (others || props.artifacts.is_some()) {
        report_source(
            scope,
            "Source",
            "artifacts or further sources beside those of a pipeline",
            "those of the action of the pipeline only",
        );
    }
    if !source.filters.is_empty() && !source.is_hosted() {
        report_source(
            scope,
            "Triggers",
            "a webhook of a source that sends none",
            "a repository of GitHub, GitLab or Bitbucket",
        );
    }
    for filter in &source.filters {
        if let Some((actual, expected)) = filter.mistake() {
            report_source(scope, "Triggers.FilterGroups", actual, expected);
        }
    }
    if props.badge == BuildBadge::Public && !source.is_repository() {
        report_source(
            scope,
            "BadgeEnabled",
            "a badge for a source that is no repository",
            "a repository, or no badge",
        );
    }
    let sources = props.secondary_sources.iter().map(|(name, _)| name);
    check_names(scope, "SecondarySources", sources);
    let artifacts = props.secondary_artifacts.iter().map(|(name, _)| name);
    check_names(scope, "SecondaryArtifacts", artifacts);
    for (_, secondary) in &props.secondary_sources {
        if secondary.is_none() || secondary.is_pipeline() || !secondary.filters.is_empty() {
            report_source(
                scope,
                "SecondarySources",
                "a secondary source without content, of a pipeline, or with a webhook",
                "a bucket or a repository without a webhook",
            );
        }
    }
}

fn check_names<'n>(scope: Scope<'_>, property: &str, names: impl Iterator<Item = &'n String>) {
    let mut seen: Vec<&String> = Vec::new();
    for name in names {
        let valid = (1..=127).contains(&name.len())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !valid || seen.contains(&name) {
            report_source(
                scope,
                property,
                name,
                "different identifiers of 1 to 127 letters, digits and underscores",
            );
        }
        seen.push(name);
    }
}

fn check_settings(scope: Scope<'_>, props: &ProjectProps<'_>) {
    let times = [
        (
            "TimeoutInMinutes",
            props.timeout,
            2_160,
            "5 minutes to 36 hours",
        ),
        (
            "QueuedTimeoutInMinutes",
            props.queued_timeout,
            480,
            "5 minutes to 8 hours",
        ),
    ];
    for (property, time, most, expected) in times {
        let is_valid = |time: Duration| {
            time.as_minutes()
                .is_some_and(|minutes| (5..=most).contains(&minutes))
        };
        if let Some(time) = time.filter(|time| !is_valid(*time)) {
            let seconds = time.as_seconds();
            report_setting(
                scope,
                property,
                &format!("{seconds} seconds"),
                &format!("{expected} in whole minutes"),
            );
        }
    }
    if let Some(retries) = props.auto_retry_limit.filter(|retries| *retries > 10) {
        report_setting(scope, "AutoRetryLimit", &retries.to_string(), "0 to 10");
    }
    if props.concurrent_build_limit == Some(0) {
        report_setting(scope, "ConcurrentBuildLimit", "0", "1 or more");
    }
    let privileged = props.docker_daemon == DockerDaemon::Privileged;
    if props.cache.has_docker_layers() && !privileged {
        report_setting(
            scope,
            "Cache",
            "a cache of Docker layers without a Docker daemon",
            "`.docker_daemon(DockerDaemon::Privileged)`",
        );
    }
    if privileged && !props.image.environment.is_linux() {
        report_setting(
            scope,
            "Environment.PrivilegedMode",
            "a Docker daemon on Windows",
            "a Linux image",
        );
    }
    let mut seen: Vec<&String> = Vec::new();
    for (name, _) in &props.environment {
        if seen.contains(&name) || name.is_empty() {
            report_setting(
                scope,
                "Environment.EnvironmentVariables",
                name,
                "different names of environment variables",
            );
        }
        seen.push(name);
    }
}
