//! The tool `infra`: reviews, deploys and operates the CloudFormation stacks of an app.

fn main() -> std::process::ExitCode {
    infra_cli::run_tool()
}
