//! Describes the requirements of a project's delivery, from its workflows and the table `[delivery]` of `infra.toml`.

use infra_delivery::{Approval, Pipeline};

use super::settings::Settings;
use super::workflows::Workflows;

/// Variables of the repository that workflows read by name.
const SHARED: [&str; 3] = ["INFRA_ENVIRONMENT", "PUBLISH_ROLE", "PROPOSAL_REPOSITORY"];

/// Variables that each environment needs, from its entry or, for the environment in `INFRA_ENVIRONMENT`, from the repository.
const REQUIRED: [&str; 4] = ["AWS_REGION", "PLAN_ROLE", "DEPLOY_ROLE", "EXECUTION_ROLE"];

/// A project with a delivery.
#[derive(Clone, Debug, Default)]
pub(super) struct Project {
    /// Workflows of the checkout.
    workflows: Workflows,
    /// Pipeline from which `infra delivery write` generates the workflows; `None` if they are written by hand.
    pipeline: Option<Pipeline>,
}

impl Project {
    /// Creates a project with these workflows, and the pipeline of `infra.toml`, if it has one.
    pub(super) fn new(workflows: Workflows, pipeline: Option<Pipeline>) -> Self {
        Self {
            workflows,
            pipeline,
        }
    }

    /// Returns the workflows of the checkout.
    pub(super) fn workflows(&self) -> &Workflows {
        &self.workflows
    }

    /// Returns true if `infra delivery write` generates the workflows.
    pub(super) fn has_pipeline(&self) -> bool {
        self.pipeline.is_some()
    }

    /// Returns the variables of the repository that its workflows read by name.
    pub(super) fn shared_variables(&self) -> impl Iterator<Item = &'static str> {
        let shared = SHARED.into_iter();
        shared.filter(|name| self.workflows.mentions_variable(name))
    }

    /// Returns the variables that each environment needs. `IMAGE_REPOSITORY` is among them if images are copied from a repository for proposals,
    /// `ASSETS_ROLE` if the pipeline publishes assets.
    pub(super) fn required_variables(&self) -> impl Iterator<Item = &'static str> {
        let images = self.workflows.mentions_variable("PROPOSAL_REPOSITORY");
        let images = images.then_some("IMAGE_REPOSITORY");
        let assets = self.pipeline.as_ref().is_some_and(|one| one.assets);
        let assets = assets.then_some("ASSETS_ROLE");
        REQUIRED.into_iter().chain(images).chain(assets)
    }

    /// Returns the environments that need an entry in `ENVIRONMENTS`.
    pub(super) fn environment_names(&self) -> impl Iterator<Item = &str> {
        let all = self.pipeline.iter().flat_map(|one| &one.environments);
        all.map(|one| one.name.as_str())
    }

    /// Returns the GitHub environment whose reviewers approve deployments to an environment; `None` if no job deploys to it.
    pub(super) fn deploy_environment(&self, environment: &str) -> Option<String> {
        let mut chain = self.workflows.deploy_chain().into_iter();
        chain.find_map(|(name, deploys_to)| (name == environment).then_some(deploys_to))
    }

    /// Returns the distinct GitHub environments with deployments, in the order of the chain.
    ///
    /// Without settings they are those of the pipeline, or else the end of the chain, which every chain has.
    pub(super) fn deploy_environments(&self, settings: &Settings) -> Vec<String> {
        let known = settings.environments.iter();
        let mut names: Vec<String> = known.map(|(name, _)| name.clone()).collect();
        if names.is_empty() {
            names.extend(self.environment_names().map(str::to_owned));
        }
        if names.is_empty() {
            names.extend(self.workflows.deploy_chain().pop().map(|(name, _)| name));
        }
        let mut all: Vec<String> = Vec::new();
        for name in names {
            if let Some(deploys_to) = self.deploy_environment(&name)
                && !all.contains(&deploys_to)
            {
                all.push(deploys_to);
            }
        }
        all
    }

    /// Returns true if people have to approve deployments to a GitHub environment: as configured in the pipeline, or else at the end of the chain.
    pub(super) fn needs_approval(&self, deploy_environment: &str, is_last: bool) -> bool {
        let Some(pipeline) = &self.pipeline else {
            return is_last;
        };
        let mut all = pipeline.environments.iter();
        all.any(|one| one.name == deploy_environment && one.approval == Approval::Required)
    }

    /// Returns the name of the stack with identity provider, roles and boundaries.
    pub(super) fn stack_name(&self) -> &'static str {
        if self.has_pipeline() {
            "Delivery"
        } else {
            "Foundation"
        }
    }

    /// Returns the command that deploys the stack with the roles again.
    pub(super) fn explain_redeploy(&self) -> String {
        let stack = self.stack_name();
        format!("as an administrator: infra --env NAME deploy --stack {stack}")
    }

    /// Returns instructions to create the identity provider.
    pub(super) fn explain_provider(&self) -> String {
        if self.has_pipeline() {
            self.explain_redeploy()
        } else {
            format!(
                "set `delivery.oidc_provider: create`, then {}",
                self.explain_redeploy()
            )
        }
    }

    /// Returns instructions to set a variable.
    pub(super) fn explain_set_variable(&self, variable: &str) -> String {
        let stack = self.stack_name();
        match (variable, self.has_pipeline()) {
            ("ENVIRONMENTS", true) => format!(
                "gh variable set ENVIRONMENTS --body '{{\"NAME\": SETTINGS}}', with the output `DeliverySettings…` of the stack `{stack}` of each environment: docs/delivery.md, Set-up, step 5"
            ),
            ("ENVIRONMENTS", false) => format!(
                "gh variable set ENVIRONMENTS --body '{{\"dev\": {{\"AWS_REGION\": \"…\"}}, \"prod\": {{}}}}', with the outputs of `{stack}` of each environment"
            ),
            (name, _) => {
                format!("gh variable set {name} --body VALUE: the outputs of `{stack}`")
            }
        }
    }

    /// Returns instructions to correct a variable with a wrong value.
    pub(super) fn explain_correction(&self) -> String {
        format!("set the variable to the output of `{}`", self.stack_name())
    }

    /// Returns instructions to add the ruleset in this file.
    pub(super) fn explain_ruleset(&self, repository: &str, file: &str) -> String {
        if self.has_pipeline() {
            return "see docs/delivery.md, Set-up, step 2".to_owned();
        }
        format!(
            "gh api repos/{repository}/rulesets --method POST --input .github/rulesets/{file}.json"
        )
    }

    /// Returns instructions for the first deployment, which requires a run of `plan` for its commit.
    pub(super) fn explain_first_deploy(branch: &str) -> String {
        format!(
            "gh workflow run plan.yml --ref {branch}, then gh workflow run deploy.yml --ref {branch}"
        )
    }
}
