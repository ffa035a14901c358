//! Trust policies: the jobs of GitHub that can assume the roles of a delivery.

use super::DeliveryRolesProps;
use super::oidc_provider::{AUDIENCE, ISSUER};
use crate::core::{Diagnostic, Scope, codes};
use crate::iam::Principal;

impl DeliveryRolesProps<'_> {
    /// Returns jobs of an environment that pull requests can use, limited to the trusted workflow.
    pub(super) fn trusted_job(&self, environment: &str) -> Principal {
        let job = self.job_principal(&format!("environment:{environment}"));
        let Some(workflow) = &self.trusted_workflow else {
            return job;
        };
        job.condition(
            "StringEquals",
            format!("{ISSUER}:job_workflow_ref"),
            self.workflow_claim(workflow),
        )
    }

    /// Returns jobs of the environment that deploys, limited to the branch and the workflows that deploy.
    ///
    /// The environment alone is not sufficient: without protection rules, every branch can use it, with any workflow.
    pub(super) fn deploying_job(&self) -> Principal {
        let job = self
            .job_principal(&format!("environment:{}", self.deploy_environment))
            .condition(
                "StringEquals",
                format!("{ISSUER}:ref"),
                format!("refs/heads/{}", self.branch),
            );
        self.deploy_workflows.iter().fold(job, |job, workflow| {
            job.condition(
                "StringEquals",
                format!("{ISSUER}:job_workflow_ref"),
                self.workflow_claim(workflow),
            )
        })
    }

    /// Returns jobs of the deployed branch without an environment.
    pub(super) fn job_of_branch(&self) -> Principal {
        self.job_principal(&format!("ref:refs/heads/{}", self.branch))
    }

    /// Returns a workflow of the branch in the form of the token's claim.
    fn workflow_claim(&self, file: &str) -> String {
        // Compared exactly, without wildcards: a branch may have a name like `x@refs/heads/main`.
        format!(
            "{}/.github/workflows/{file}@refs/heads/{}",
            self.repository, self.branch
        )
    }

    /// Returns jobs of the repository whose token has the given suffix in its subject.
    fn job_principal(&self, which: &str) -> Principal {
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

/// Reports properties with which roles would trust other jobs than intended.
pub(super) fn check_trust(props: &DeliveryRolesProps<'_>, scope: Scope<'_>) {
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
        // `:` would begin another part of the token's subject; `*` and `?` are wildcards in some conditions.
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
            .help("use two environments: the one for deployments has reviewers, the one for plans must not have any"),
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
                    format!("`{workflow}` is not the name of a workflow file"),
                )
                .expected("the name of a file in `.github/workflows`, such as `deploy.yml`"),
            );
        }
    }
}
