//! Defines the roles that all previews of pull requests share. An administrator deploys this stack: docs/delivery.md.

use infra_lib::github::{OidcProvider, PreviewRoles};
use infra_lib::prelude::*;

use crate::config::Config;
use crate::delivery::REPOSITORY;
use crate::environment::Preview;

/// Name of the environment for previews, as in `infra.toml`.
const ENVIRONMENT: &str = "preview";

/// Returns true in the environment for previews if no preview is named.
pub fn is_shared(config: &Config) -> bool {
    config.environment == ENVIRONMENT && config.preview.is_none()
}

/// Adds the stack that all previews share, with outputs for the variables of the repository.
pub fn build(app: &App, config: &Config) {
    let stack = config
        .stack("delivery", "Roles of previews")
        .build(app, "Delivery");
    // An account can have one identity provider of GitHub. If it exists already: `OidcProvider::of_account()`.
    let provider = OidcProvider::new(stack, "GitHub");
    let roles = PreviewRoles::builder()
        .deploys_app(&build_sample(config))
        .provider(&provider)
        .repository(REPOSITORY)
        .workflow("preview-trusted.yml")
        .environment(ENVIRONMENT)
        .stack_prefix(config.stack_prefix())
        .build(stack, "Previews");
    Output::new(stack, "PreviewRegion", pseudo::region());
    Output::new(stack, "PreviewRole", roles.preview().arn());
    Output::new(stack, "PreviewExecutionRole", roles.execution().arn());
}

/// Builds an app with the stacks of one preview: CloudFormation may deploy its resource types.
fn build_sample(config: &Config) -> App {
    let sample = Preview {
        name: "sample".to_owned(),
        expires: "2026-12-31".to_owned(),
    };
    let config = Config {
        preview: Some(sample),
        ..config.clone()
    };
    let app = App::new();
    crate::build(&app, &config);
    app
}

/// Limits the roles of a preview with a permissions boundary; CloudFormation can create no other roles.
pub fn limit_roles(app: &App, config: &Config) {
    if config.preview.is_some() {
        PreviewRoles::limit_roles(app, &config.environment_prefix());
    }
}

#[cfg(test)]
mod tests {
    use infra_runtime::testing::Invocation;

    use super::ENVIRONMENT;

    #[test]
    fn matches_preview_environment_of_project_file() {
        let file = include_str!("../infra.toml");
        let mut table = file
            .lines()
            .skip_while(|line| *line != "[delivery.preview]");
        if let Some(name) = table.find_map(|line| line.strip_prefix("environment = ")) {
            assert_eq!(name, format!("{ENVIRONMENT:?}"));
        }
    }

    #[test]
    fn shares_only_delivery_stack_between_previews() {
        let outcome = Invocation::new(["ls", "--env", ENVIRONMENT]).run(crate::build);
        assert!(outcome.stdout.starts_with("Delivery ("), "{outcome}");
        assert_eq!(outcome.stdout.lines().count(), 1, "{outcome}");
    }
}
