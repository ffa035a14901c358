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

/// Lines of `infra.toml` that have the code of functions published.
const ASSETS: &str = "# The code of functions is published before the plan, with a role that may do nothing else.\nassets = true\n";

/// Lines of `infra.toml` that enable previews of pull requests.
const PREVIEW: &str = "\n\
    # A separate environment for each pull request with the label `preview`. Disabled without this table; docs/delivery.md describes the setup.\n\
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
pub(super) fn render_files(
    name: &ProjectName,
    pipeline: &Pipeline,
) -> Result<Vec<File>, Box<Diagnostic>> {
    render(name.as_str(), APP, pipeline).map_err(|invalid| {
        let message = format!("cannot write the delivery pipeline: {invalid}");
        Box::new(
            Diagnostic::new(codes::FILE_NOT_USABLE, message).help(
                "give the repository with `--repository`, or omit the pipeline with `--ci none`",
            ),
        )
    })
}

/// Formats the table in `infra.toml`. `knows_previews` is true if the app of the project supports previews.
pub(super) fn format_table(pipeline: Option<&Pipeline>, knows_previews: bool) -> String {
    let Some(pipeline) = pipeline else {
        return String::new();
    };
    format!(
        "\n# The delivery pipeline. `infra delivery write` generates the workflows; docs/delivery.md describes the setup.\n\
         [delivery]\n\
         provider = \"{}\"\n\
         repository = {}\n\
         tool = {}\n\
         {}\n\
         # Environments, in the order in which a commit is deployed to them. `approval = \"none\"` deploys without approval.\n\
         [[delivery.environments]]\n\
         name = \"{ENVIRONMENT}\"\n{}",
        pipeline.provider,
        quote_toml(&pipeline.repository),
        quote_toml(&pipeline.tool),
        if pipeline.assets { ASSETS } else { "" },
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
            "[docs/delivery.md](docs/delivery.md) describes how the pipeline creates one for each pull request with the label `preview`. Locally, where roles have the\n\
             permissions boundary, an administrator first deploys the shared resources of previews, once: `infra deploy --env preview --stack Delivery`. Then:"
        }
        _ => "The pipeline does not create previews. Locally:",
    };
    format!(
        "\n## Previews\n\n\
         A preview is a separate environment for one change, configured in `config/preview.yaml` and removed with all its data.\n{by_whom}\n\n\
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
         | `docs/delivery.md` | what the pipeline does, and its setup |"
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
             3. Create the GitHub environments `plan`, and `prod` with reviewers, for `main` only.\n\
             4. Have an administrator deploy the roles: `infra deploy --env prod --stack Delivery`.\n\
             5. Set the variable `ENVIRONMENTS` of the repository to the outputs of the stack.\n\
             6. Start the workflow `plan`, then `deploy`.\n"
        }
        Provider::Gitlab => {
            "1. Name the project: `repository` in `infra.toml`@constant@, then `infra delivery write` and `UPDATE=1 cargo test`; commit all, with `Cargo.lock`.\n\
             2. Create the key that signs plans, and commit its public part, `infra/plan.pub`.\n\
             3. Protect the branch `main` and the environment `prod`.\n\
             4. Have an administrator deploy the roles: `infra deploy --env prod --stack Delivery`.\n\
             5. Set the variables of the project to the outputs of the stack.\n\
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
         Every pull request is tested and planned; after the merge, the changes are planned against the deployed stacks, signed, approved, and executed exactly as approved.\n\
         The order of the setup matters: [docs/delivery.md](docs/delivery.md) describes each step with its commands.\n\n{steps}\n\
         `infra delivery write --check` fails if a workflow does not match `infra.toml`.\n"
    )
}
