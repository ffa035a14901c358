//! Describes the delivery pipeline of a new project: its table in `infra.toml`, its files, and its sections of the README.

use infra_core::{Diagnostic, codes};
use infra_delivery::{Environment, File, Pipeline, Provider, render};

use super::Ci;
use super::name::ProjectName;
use super::source::{Source, quote_toml};

/// Command that runs the app, the same as in the template of `infra.toml`.
const APP: &str = "cargo run --quiet --";

/// Only environment of a new pipeline, which keeps the set-up small.
const ENVIRONMENT: &str = "prod";

/// Lines of `infra.toml` that enable previews of pull requests.
const PREVIEW: &str = "\n\
    # An environment of its own for each pull request with the label `preview`. Off without this table; docs/delivery.md says what to set up.\n\
    # [delivery.preview]\n";

/// Creates the pipeline; `None` for a project without one.
pub(super) fn new(
    ci: Ci,
    name: &ProjectName,
    repository: Option<&str>,
    source: &Source,
) -> Option<Pipeline> {
    let provider = match ci {
        Ci::Github => Provider::Github,
        Ci::Gitlab => Provider::Gitlab,
        Ci::None => return None,
    };
    let repository = match repository {
        Some(repository) => repository.to_owned(),
        None => format!("your-org/{}", name.as_str()),
    };
    let pipeline = Pipeline::new(provider, repository).tool(source.install_arguments());
    Some(pipeline.environment(Environment::new(ENVIRONMENT)))
}

/// Generates the files of the pipeline.
pub(super) fn render_files(name: &ProjectName, pipeline: &Pipeline) -> Result<Vec<File>, Box<Diagnostic>> {
    render(name.as_str(), APP, pipeline).map_err(|invalid| {
        let message = format!("the delivery pipeline cannot be written: {invalid}");
        Box::new(Diagnostic::new(codes::FILE_NOT_USABLE, message).help(
            "name the repository with `--repository`, or leave the pipeline out with `--ci none`",
        ))
    })
}

/// Formats the table in `infra.toml`. `knows_previews` is true if the app of the project supports previews.
pub(super) fn format_table(pipeline: Option<&Pipeline>, knows_previews: bool) -> String {
    let Some(pipeline) = pipeline else {
        return String::new();
    };
    format!(
        "\n# The delivery pipeline. `infra delivery write` makes the workflows of it; docs/delivery.md says what to set up.\n\
         [delivery]\n\
         provider = \"{}\"\n\
         repository = {}\n\
         tool = {}\n\
         \n\
         # Environments, in the order in which a commit is deployed to them. `approval = \"none\"` deploys without asking anybody.\n\
         [[delivery.environments]]\n\
         name = \"{ENVIRONMENT}\"\n{}",
        pipeline.provider,
        quote_toml(&pipeline.repository),
        quote_toml(&pipeline.tool),
        match pipeline.provider {
            Provider::Github if knows_previews => PREVIEW,
            _ => "",
        }
    )
}

/// Formats the README section about previews, for projects whose app supports them.
pub(super) fn format_previews(pipeline: Option<&Pipeline>) -> String {
    let by_whom = match pipeline.map(|pipeline| pipeline.provider) {
        Some(Provider::Github) => {
            "[docs/delivery.md](docs/delivery.md) has the pipeline make one for each pull request with the label `preview`. At a desk, where roles have the\n\
             permissions boundary, an administrator deploys what previews share first, once: `infra deploy --env preview --stack Delivery`. Then:"
        }
        _ => "No pipeline makes one. At a desk:",
    };
    format!(
        "\n## Previews\n\n\
         A preview is an environment of its own for one change, as `config/preview.yaml` has it, removed with all its data.\n{by_whom}\n\n\
         ```sh\n\
         preview() {{ infra --env preview --set preview.name=try --set preview.expires=2026-12-31 \"$@\"; }}\n\
         preview deploy\n\
         preview previews # lists them\n\
         preview destroy --preview try\n\
         ```\n"
    )
}

/// Formats the README table rows about files.
pub(super) fn format_rows(pipeline: Option<&Pipeline>) -> String {
    let Some(pipeline) = pipeline else {
        return "| `infra.toml` | the command that runs the app, for the tool `infra` |".to_owned();
    };
    let workflows = match pipeline.provider {
        Provider::Github => "`.github/workflows`, `scripts`",
        Provider::Gitlab => "`.gitlab-ci.yml`, `scripts`",
        _ => "",
    };
    format!(
        "| `infra.toml` | the command that runs the app, and the delivery pipeline, for the tool `infra` |\n\
         | {workflows} | the delivery pipeline, written by `infra delivery write` |\n\
         | `docs/delivery.md` | what the pipeline does, and its set-up |"
    )
}

/// Formats the README section about the set-up. `has_stack` is true if the project contains `src/delivery.rs`.
pub(super) fn format_set_up(pipeline: Option<&Pipeline>, has_stack: bool) -> String {
    let Some(pipeline) = pipeline else {
        return String::new();
    };
    let steps = match pipeline.provider {
        Provider::Github => {
            "1. Name the repository: `repository` in `infra.toml`@constant@, then `infra delivery write` and `UPDATE=1 cargo test`; commit all, with `Cargo.lock`.\n\
             2. Protect the branch `main`: reviews, and the check `plan passed`.\n\
             3. Make the environments of GitHub: `plan`, and `prod` with reviewers, for `main` alone.\n\
             4. Have an administrator deploy the roles: `infra deploy --env prod --stack Delivery`.\n\
             5. Set the variable `ENVIRONMENTS` of the repository to what the stack says.\n\
             6. Start the workflow `plan`, then `deploy`.\n"
        }
        Provider::Gitlab => {
            "1. Name the project: `repository` in `infra.toml`@constant@, then `infra delivery write` and `UPDATE=1 cargo test`; commit all, with `Cargo.lock`.\n\
             2. Make the key that signs plans, and commit its public part, `infra/plan.pub`.\n\
             3. Protect the branch `main` and the environment `prod`.\n\
             4. Have an administrator deploy the roles: `infra deploy --env prod --stack Delivery`.\n\
             5. Set the variables of the project to what the stack says.\n\
             6. Run a pipeline of `main`.\n"
        }
        _ => "",
    };
    let constant = if has_stack {
        " and `REPOSITORY` in `src/delivery.rs`"
    } else {
        ""
    };
    let steps = steps.replace("@constant@", constant);
    format!(
        "\n## Delivery\n\n\
         Every pull request is tested and planned; what is merged is planned on what is deployed, signed, approved, and executed exactly so.\n\
         The order of the set-up matters: [docs/delivery.md](docs/delivery.md) has each step with its commands.\n\n{steps}\n\
         `infra delivery write --check` fails if a workflow is not what `infra.toml` makes.\n"
    )
}
