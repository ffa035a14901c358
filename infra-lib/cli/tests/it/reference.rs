//! Checks `docs/cli.md`, the reference of both command lines, which is generated.

use std::fmt::Write as _;
use std::path::Path;

use clap_markdown::{MarkdownOptions, help_markdown_command_custom};
use infra_cli::ExitCode;

/// Introduction, which neither command line contains.
const INTRODUCTION: &str = "# Command line

<!-- Made from the programs; `UPDATE=1 cargo test -p infra-cli --test it reference` writes it again. -->

Two programs have commands: an *app*, which calls `infra_runtime::run`, and the tool *`infra`*. An app passes every command that it does not have to
the tool, so that `cargo run -p my-app -- deploy` and `infra deploy` are the same; `infra synth` passes the other way. Data
goes to standard output, talk to standard error. No command needs Docker or Node.

`synth`, `ls`, `validate`, `graph`, `schema`, `explain`, `new`, `check`, `import-template`, `completions` and `man` need neither network nor credentials. The others
read credentials, region and endpoint as the AWS SDKs do.

## Exit codes

| Code | Meaning |
| ---: | --- |
";

const VARIABLES: &str = "
`migrate` ends with the exit code of the container that it ran, whatever it is, as `docker run` does.

## Environment variables

| Variable | Meaning |
| --- | --- |
| `INFRA_TOOL` | The tool that an app passes commands to; by default the one of the app's workspace, beside the app, or on `PATH`. |
| `INFRA_SAFE_DIRECTORY` | Folders whose project files are used although another user owns them, separated as in `PATH`; `*` for all. |
| `COLUMNS` | Columns of help texts; by default those of the terminal, at most 100. |
| `NO_COLOR` | When set, no colours unless `--color always` asks for them. |
| `CDK_OUTDIR` | Folder of `synth` when `--out` is not given; the `cdk` CLI sets it for its `app`. |
| `CDK_CONTEXT_JSON` | Facts that were looked up; the answers to `Scope::lookup`. The `cdk` CLI and the tool set it for an app of the CDK. When it is not set, those of `cdk.context.json` in the project. |
| `CONTEXT_OVERFLOW_LOCATION_ENV` | File with what of `CDK_CONTEXT_JSON` does not fit into a variable; set as that is. |
| `CDK_DOCKER` | Program that builds and pushes image assets; by default docker, podman, finch or buildah, the first on `PATH`. |
| `INFRA_PARAMETERS` | Values of stack parameters, as in `--parameters-file`, for `plan` and `deploy`. |
| `CI` | When set, data loss, interruptions and paths from the internet are accepted from a committed file only, never from `--allow-data-loss`, `--allow-interruption` or `--allow-exposure`, and `deploy --reviewed` needs a plan file. |
| `GITHUB_ACTIONS` | When set, progress folds the lines of each stack and marks failures at the line of the program. |
| `TERM` | `dumb`: progress in lines, although there is a terminal. |
| `AWS_REGION`, `AWS_PROFILE`, `AWS_ENDPOINT_URL`, `AWS_CA_BUNDLE`, `AWS_CONFIG_FILE`, … | As for every AWS SDK. |

An app names further variables in `Configuration::FROM_VARIABLES`.

## Project file

The tool finds the app by the nearest `infra.toml` in the working folder or above it, or `cdk.json`, whichever is nearer. A file that belongs to
another user than the caller or root is refused, because its command would run with the caller's permissions. An app that passes a command on uses
the project file at or above its configuration folder, else its package, else its program, wherever it is called.

| Key | Meaning |
| --- | --- |
| `app` | Command that runs the app; commands of its runtime follow it, such as `synth`. Required. |
| `name` | Name of the app in reviews. Default: that of the folder. |
| `env` | Environment when `--env` is not given. An app that is run without the tool has a default of its own. |
| `defaults.profile`, `defaults.region` | AWS profile and region of every environment. |
| `defaults.availability` | Longest interruption that a deployment may cause without an approval of the resource: `none` or `brief`. Default: any, unless a construct limits it. |
| `environments.NAME.profile`, `environments.NAME.region`, `environments.NAME.availability` | The same for `--env NAME`. |

Profile and region are decided one by one: the option `--profile` or `--region`, else the variable `AWS_PROFILE`, or `AWS_REGION` and then `AWS_DEFAULT_REGION`,
else the environment in `infra.toml`, else its defaults, else, for the region, that of the profile. So the stacks of a project stay in its region,
whatever profile deploys them. The same holds with `--app` and `--assembly`, which change what is synthesized and not where it goes.

";

fn reference() -> String {
    let mut text = INTRODUCTION.to_owned();
    for (code, meaning) in ExitCode::ALL {
        let _ = writeln!(text, "| {} | {meaning} |", code.number());
    }
    text.push_str(VARIABLES);
    for command in [infra_runtime::command("my-app"), infra_cli::build_command()] {
        let options = MarkdownOptions::new()
            .title(format!("The commands of `{}`", command.get_name()))
            .show_footer(false);
        let part = help_markdown_command_custom(&command, &options);
        // Titles are nested below that of the page; `######` is the deepest heading.
        for line in part.lines() {
            let line = line.trim_end();
            let is_title = line.starts_with("# ") || line.starts_with("## ");
            let below = if is_title { "#" } else { "" };
            let _ = writeln!(text, "{below}{line}");
        }
        text.push('\n');
    }
    text.trim_end().to_owned() + "\n"
}

#[test]
fn matches_committed_cli_reference() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/cli.md");
    let made = reference();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, made).unwrap();
        return;
    }
    let committed = std::fs::read_to_string(&path).unwrap();
    assert!(
        committed.replace("\r\n", "\n") == made,
        "docs/cli.md is stale: run `UPDATE=1 cargo test -p infra-cli --test it reference`"
    );
}
