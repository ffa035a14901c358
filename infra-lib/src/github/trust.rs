//! Which jobs of GitHub assume the roles of a delivery.

use super::DeliveryRolesProps;
use super::oidc_provider::{AUDIENCE, ISSUER};
use crate::core::{Diagnostic, Scope, codes};
use crate::iam::Principal;

impl DeliveryRolesProps<'_> {
    /// A job in an environment that pull requests reach too, and in the workflow that is trusted with them.
    pub(super) fn trusted_job(&self, environment: &str) -> Principal {
        let job = self.job(&format!("environment:{environment}"));
        let Some(workflow) = &self.trusted_workflow else {
            return job;
        };
        job.condition(
            "StringEquals",
            format!("{ISSUER}:job_workflow_ref"),
            self.workflow(workflow),
        )
    }

    /// A job in the environment that deploys, of the branch, in a workflow that is known to deploy.
    ///
    /// The environment alone is not enough: one that nobody has protected yet, or whose rules somebody lifts, is open to
    /// every branch, and a branch brings any workflow it likes.
    pub(super) fn deploying_job(&self) -> Principal {
        let job = self
            .job(&format!("environment:{}", self.deploy_environment))
            .condition(
                "StringEquals",
                format!("{ISSUER}:ref"),
                format!("refs/heads/{}", self.branch),
            );
        self.deploy_workflows.iter().fold(job, |job, workflow| {
            job.condition(
                "StringEquals",
                format!("{ISSUER}:job_workflow_ref"),
                self.workflow(workflow),
            )
        })
    }

    /// A job of the branch that is deployed, in no environment.
    pub(super) fn job_of_branch(&self) -> Principal {
        self.job(&format!("ref:refs/heads/{}", self.branch))
    }

    /// A workflow as the branch has it, in the words of the token.
    fn workflow(&self, file: &str) -> String {
        // Equal and not alike: a branch may be called `x@refs/heads/main`.
        format!(
            "{}/.github/workflows/{file}@refs/heads/{}",
            self.repository, self.branch
        )
    }

    /// A job of the repository, by how GitHub says in the token's subject which one.
    fn job(&self, which: &str) -> Principal {
        let repository = match (&self.owner_id, &self.repository_id) {
            (Some(owner), Some(id)) => self
                .repository
                .split_once('/')
                .map(|(of, name)| format!("{of}@{owner}/{name}@{id}")),
            _ => None,
        };
        let repository = repository.as_ref().unwrap_or(&self.repository);
        let subject = format!("repo:{repository}:{which}");
        let principal = Principal::oidc(self.provider.arn())
            .condition("StringEquals", format!("{ISSUER}:aud"), AUDIENCE)
            .condition("StringEquals", format!("{ISSUER}:sub"), subject);
        match &self.repository_id {
            Some(id) => principal.condition("StringEquals", format!("{ISSUER}:repository_id"), id),
            None => principal,
        }
    }
}

/// Reports what would make roles trust others than is meant.
pub(super) fn check(props: &DeliveryRolesProps<'_>, scope: Scope<'_>) {
    let part = |text: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
    };
    let well_formed = props
        .repository
        .split_once('/')
        .is_some_and(|(owner, name)| part(owner) && part(name));
    if !well_formed {
        scope.report(
            Diagnostic::new(
                codes::INVALID_TRUST,
                format!("`{}` is not a GitHub repository", props.repository),
            )
            .expected("`owner/name`, without wildcards")
            .note("the roles trust exactly this repository: a wildcard would trust others"),
        );
    }
    let environments = [
        &props.plan_environment,
        &props.publish_environment,
        &props.deploy_environment,
    ];
    for environment in environments {
        // `:` would begin another part of the token's subject, `*` and `?` mean others in some conditions.
        if environment.is_empty() || environment.contains([':', '*', '?']) {
            scope.report(
                Diagnostic::new(
                    codes::INVALID_TRUST,
                    format!("`{environment}` is not the name of a GitHub environment"),
                )
                .expected("a name without `:` and wildcards"),
            );
        }
    }
    if props.deploy_environment == props.plan_environment {
        scope.report(
            Diagnostic::new(
                codes::INVALID_TRUST,
                format!("jobs that plan and jobs that deploy share the environment `{}`", props.plan_environment),
            )
            .help("give them two environments: the one that deploys has reviewers, the one that plans must not"),
        );
    }
    for workflow in props.trusted_workflow.iter().chain(&props.deploy_workflows) {
        let file = workflow
            .strip_suffix(".yml")
            .or(workflow.strip_suffix(".yaml"));
        if !file.is_some_and(part) {
            scope.report(
                Diagnostic::new(
                    codes::INVALID_TRUST,
                    format!("`{workflow}` is not a file of a workflow"),
                )
                .expected("the name of a file in `.github/workflows`, such as `deploy.yml`"),
            );
        }
    }
}
