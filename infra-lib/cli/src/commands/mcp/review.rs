//! Implements `diff` and `show_plan`, which return reviews of changes.

use clap::Args;
use schemars::JsonSchema;
use serde::Deserialize;

use super::answer::Answer;
use super::tool::{JsonObject, Tool, Work, argument_schema, parse_arguments};
use crate::commands::capture::run_captured;
use crate::commands::{diff, plan};
use crate::session::Session;

pub(super) static DIFF: Tool = Tool {
    name: "diff",
    title: "Show what would change",
    description: "Runs the app and compares its templates with what is deployed, with another cloud assembly, or with the app at a git revision: verdict, resources that are added, changed, replaced or removed, broader permissions and network access. Values of secrets are masked. `deployed` reads AWS with the credentials of the environment; `git:REV` builds the revision in a worktree under the target folder. Creates no change set.",
    schema: argument_schema::<Diff>,
    work: Work::Project(run_diff),
    reads_aws: true,
};

pub(super) static SHOW_PLAN: Tool = Tool {
    name: "show_plan",
    title: "Show a plan",
    description: "Runs the app and shows the change sets that `infra plan` created from the same sources and options. Reads AWS with the credentials of the environment. Creates no change set.",
    schema: argument_schema::<ShowPlan>,
    work: Work::Project(run_show_plan),
    reads_aws: true,
};

/// The format of a review.
#[derive(Clone, Copy, Default, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Format {
    /// Markdown, as in a comment on a pull request.
    #[default]
    Markdown,
    /// The JSON document of `diff --json`: schemas/review.schema.json.
    Json,
}

impl Format {
    fn to_option(self) -> String {
        match self {
            Self::Markdown => "--markdown".to_owned(),
            Self::Json => "--json".to_owned(),
        }
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Diff {
    /// The other side of the comparison: `deployed`, the folder of another cloud assembly, or `git:REV` for a revision such as `git:main`.
    #[serde(default = "deployed")]
    against: String,
    /// Names or construct paths of the stacks to compare. Default: every stack.
    #[serde(default)]
    stack: Vec<String>,
    /// The format of the review.
    #[serde(default)]
    format: Format,
    /// The environment, such as `dev`. Default: that of `infra mcp --env`.
    #[serde(default)]
    env: Option<String>,
    /// Values that replace those of the configuration, such as `service.desired_count=3`.
    #[serde(default)]
    set: Vec<String>,
}

fn deployed() -> String {
    "deployed".to_owned()
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ShowPlan {
    /// Names or construct paths of the stacks to show. Default: every stack.
    #[serde(default)]
    stack: Vec<String>,
    /// The prefix of the change sets, as in `infra plan --prefix`. Default: `infra`.
    #[serde(default)]
    prefix: Option<String>,
    /// Parameters that the plan was created with, such as `Web:Image=notes@sha256:…`; they are part of a plan.
    #[serde(default)]
    parameters: Vec<String>,
    /// The role that the plan was created with, as in `infra plan --role-arn`.
    #[serde(default)]
    role_arn: Option<String>,
    /// The format of the review.
    #[serde(default)]
    format: Format,
    /// The environment, such as `dev`. Default: that of `infra mcp --env`.
    #[serde(default)]
    env: Option<String>,
    /// Values that replace those of the configuration, such as `service.desired_count=3`.
    #[serde(default)]
    set: Vec<String>,
}

fn run_diff(session: &mut Session<'_>, arguments: JsonObject) -> Answer {
    let asked: Diff = match parse_arguments("diff", arguments) {
        Ok(asked) => asked,
        Err(answer) => return answer,
    };
    // The form `--option=value` keeps a value from being parsed as an option.
    let mut line = vec![
        format!("--against={}", asked.against),
        asked.format.to_option(),
    ];
    line.extend(asked.stack.iter().map(|stack| format!("--stack={stack}")));
    let options = match parse_options::<diff::Arguments>(&line) {
        Ok(options) => options,
        Err(answer) => return answer,
    };
    let run = |session: &mut Session<'_>| diff::run_diff(session, &options);
    Answer::from_output(run_captured(
        session,
        session.directory,
        asked.env,
        asked.set,
        run,
    ))
}

fn run_show_plan(session: &mut Session<'_>, arguments: JsonObject) -> Answer {
    let asked: ShowPlan = match parse_arguments("show_plan", arguments) {
        Ok(asked) => asked,
        Err(answer) => return answer,
    };
    let mut line = vec!["--progress=none".to_owned()];
    if asked.format == Format::Markdown {
        line.push(asked.format.to_option());
    }
    line.extend(asked.stack.iter().map(|stack| format!("--stack={stack}")));
    line.extend(
        asked
            .prefix
            .iter()
            .map(|prefix| format!("--prefix={prefix}")),
    );
    line.extend(
        asked
            .parameters
            .iter()
            .map(|one| format!("--parameters={one}")),
    );
    line.extend(
        asked
            .role_arn
            .iter()
            .map(|role| format!("--role-arn={role}")),
    );
    let options = match parse_options::<plan::Show>(&line) {
        Ok(options) => options,
        Err(answer) => return answer,
    };
    let run = |session: &mut Session<'_>| match asked.format {
        Format::Markdown => plan::run_plan_show(session, &options),
        Format::Json => plan::show_document(session, &options),
    };
    Answer::from_output(run_captured(
        session,
        session.directory,
        asked.env,
        asked.set,
        run,
    ))
}

/// Parses the options of a command from its command line.
fn parse_options<A: Args>(line: &[String]) -> Result<A, Answer> {
    let command = A::augment_args(clap::Command::new("infra").no_binary_name(true));
    let read = command.try_get_matches_from(line);
    read.and_then(|matches| A::from_arg_matches(&matches))
        .map_err(|refused| {
            let text = refused.render().to_string();
            // The rest of the message describes the command line.
            let first = text.split("\n\n").next().unwrap_or_default();
            Answer::from_error(format!("{}\n", first.trim_end()))
        })
}
