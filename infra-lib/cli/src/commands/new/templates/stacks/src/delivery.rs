//! Delivery: the roles of the pipeline, and the log of releases. An administrator deploys this stack: docs/delivery.md.

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
    // An account has one identity provider of GitHub. Where there is one already: `.provider(&OidcProvider::of_account())`.
    // Services beside those of the reference architecture: `.deploys("sqs:*")`.
    Delivery::builder()
        .repository(REPOSITORY)
        .environment(config.environment.as_str())
        .stack_prefix(config.stack_prefix())
        .build(stack, "Delivery");
}

#[cfg(test)]
mod tests {
    use super::{ENVIRONMENTS, REPOSITORY};

    /// The roles trust the jobs that `infra delivery write` makes of that file.
    #[test]
    fn repository_and_environments_are_those_of_the_project_file() {
        let file = include_str!("../infra.toml");
        assert!(file.contains(&format!("repository = {REPOSITORY:?}\n")));
        let names = file.matches("[[delivery.environments]]\n").count();
        assert_eq!(names, ENVIRONMENTS.len());
        for name in ENVIRONMENTS {
            assert!(file.contains(&format!("[[delivery.environments]]\nname = {name:?}\n")));
        }
    }
}
