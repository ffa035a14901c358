//! Defines the roles of the pipeline and the release log. An administrator deploys this stack: docs/delivery.md.

use infra_lib::App;
use infra_lib::github::Delivery;

use crate::config::Config;

/// Repository whose pipeline deploys, as in `infra.toml`.
pub const REPOSITORY: &str = "@repository@";

/// Environments of the pipeline, as in `infra.toml`.
const ENVIRONMENTS: &[&str] = &["prod"];

/// Adds the stack to an environment of the pipeline, and limits the roles of the app.
pub fn build(app: &App, config: &Config) {
    if !ENVIRONMENTS.contains(&config.environment.as_str()) {
        return;
    }
    let stack = config
        .stack("delivery", "Roles of the pipeline, and releases")
        .build(app, "Delivery");
    // An account can have one identity provider of GitHub. If it exists already: `.provider(&OidcProvider::of_account())`.
    Delivery::builder()
        .repository(REPOSITORY)
        .environment(config.environment.as_str())
        .stack_prefix(config.stack_prefix())
        .build(stack, "Delivery");
}

#[cfg(test)]
mod tests {
    use super::{ENVIRONMENTS, REPOSITORY};

    /// Checks the file from which `infra delivery write` generates the jobs that the roles trust.
    #[test]
    fn matches_repository_and_environments_of_project_file() {
        let file = include_str!("../infra.toml");
        assert!(file.contains(&format!("repository = {REPOSITORY:?}\n")));
        let names = file.matches("[[delivery.environments]]\n").count();
        assert_eq!(names, ENVIRONMENTS.len());
        for name in ENVIRONMENTS {
            assert!(file.contains(&format!("[[delivery.environments]]\nname = {name:?}\n")));
        }
    }
}
