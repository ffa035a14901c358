//! The contract between an app and the tool `infra`.
//!
//! - An app passes a command that it does not have to the tool: the same arguments, and in [`APP`] its own path.
//! - The tool asks an app for its assembly: `synth --quiet --out FOLDER`, with the options of the configuration.
//! - Both have the same version up to the last number ([`are_compatible`]); otherwise the command is refused.

/// Environment variable with the path of the tool that an app passes commands to.
pub const TOOL: &str = "INFRA_TOOL";

/// Environment variable with the path of the app that passed a command on.
pub const APP: &str = "INFRA_CALLING_APP";

/// Environment variable with the version of the runtime of that app.
pub const APP_VERSION: &str = "INFRA_CALLING_APP_VERSION";

/// Environment variable that the tool sets for an app that it runs: the folder in which the user called the tool.
///
/// The app reads paths of its arguments from there. A tool that finds the variable set was started by such an app, and
/// refuses to start another one.
pub const DIRECTORY: &str = "INFRA_DIRECTORY";

/// Version of the contract: that of this crate.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Name of the tool's program.
pub const TOOL_NAME: &str = "infra";

/// Package that has the tool's program.
pub const TOOL_PACKAGE: &str = "infra-cli";

/// A heading of the help with its commands: name and summary.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct CommandGroup {
    /// The heading.
    pub title: &'static str,
    /// Name and summary of each command.
    pub commands: &'static [(&'static str, &'static str)],
}

/// Commands that an app has itself.
pub const APP_COMMANDS: CommandGroup = CommandGroup {
    title: "The app",
    commands: &[
        ("synth", "Writes the cloud assembly: templates and manifest"),
        ("ls", "Lists the stacks in deployment order"),
        (
            "validate",
            "Checks everything that `synth` checks and writes nothing",
        ),
        ("graph", "Draws the stacks and their references"),
        ("schema", "Prints the JSON Schema of the configuration"),
        (
            "explain",
            "Prints the page of a code such as INF1001, or lists all codes",
        ),
    ],
};

/// Commands of the tool, by task.
pub const TOOL_COMMANDS: &[CommandGroup] = &[
    CommandGroup {
        title: "Review and deploy",
        commands: &[
            ("diff", "Predicts changes from templates and writes nothing"),
            (
                "plan",
                "Creates change sets for review; changes no resource",
            ),
            (
                "deploy",
                "Shows the changes, asks, deploys, and follows to the end",
            ),
            (
                "watch",
                "Follows an operation in progress, also one started elsewhere",
            ),
            (
                "cancel",
                "Cancels an update in progress and follows its rollback",
            ),
            (
                "releases",
                "Lists deployments: images, migration, site, commit, author",
            ),
            (
                "rollback",
                "Rolls back a failed stack, or returns to a release",
            ),
        ],
    },
    CommandGroup {
        title: "Operate",
        commands: &[
            ("outputs", "Prints the outputs of deployed stacks"),
            (
                "logs",
                "Prints the logs of services, one-off tasks and functions",
            ),
            (
                "diagnose",
                "Explains why the last operation on each stack failed",
            ),
            ("drift", "Compares live resources with what was deployed"),
            (
                "migrate",
                "Runs the one-off task of a stack, such as a migration",
            ),
            (
                "hotswap",
                "Gives running services a new image, for development",
            ),
            ("publish-site", "Publishes a folder to the bucket of a site"),
            (
                "destroy",
                "Deletes stacks, after listing everything that holds data",
            ),
        ],
    },
    CommandGroup {
        title: "Existing resources",
        commands: &[
            (
                "import",
                "Imports existing resources into a stack without touching them",
            ),
            (
                "import-template",
                "Writes a CloudFormation template as Rust with the same IDs",
            ),
            ("refactor", "Moves resources to other logical IDs or stacks"),
        ],
    },
    CommandGroup {
        title: "Set up",
        commands: &[
            (
                "new",
                "Makes a project: app, configuration, tests and a workflow",
            ),
            ("doctor", "Checks everything that a deployment needs"),
            (
                "bootstrap",
                "Deploys the bucket that templates over 51,200 bytes need",
            ),
            ("mcp", "Serves read-only tools to agents over MCP on stdio"),
            ("completions", "Prints a completion script for a shell"),
            ("man", "Writes manual pages"),
        ],
    },
];

/// True when the tool has a command of that name.
pub fn is_tool_command(name: &str) -> bool {
    let mut commands = TOOL_COMMANDS.iter().flat_map(|group| group.commands);
    commands.any(|(command, _)| *command == name)
}

/// True when programs of these versions work together: before 1.0 the first two numbers are equal, after it the
/// first.
pub fn are_compatible(one: &str, other: &str) -> bool {
    significant(one).is_some_and(|version| significant(other) == Some(version))
}

/// The versions that work with this one, such as `0.1.x`.
pub fn compatible_versions() -> String {
    match significant(VERSION) {
        Some((0, minor)) => format!("0.{minor}.x"),
        Some((major, _)) => format!("{major}.x"),
        None => VERSION.to_owned(),
    }
}

fn significant(version: &str) -> Option<(u64, u64)> {
    let mut numbers = version.split('.').map(|number| number.parse().ok());
    let (major, minor) = (numbers.next()??, numbers.next()??);
    Some((major, if major == 0 { minor } else { 0 }))
}

#[cfg(test)]
mod tests {
    use super::{are_compatible, is_tool_command};

    #[test]
    fn compatible_versions_share_their_significant_numbers() {
        assert!(are_compatible("0.1.0", "0.1.9"));
        assert!(!are_compatible("0.1.0", "0.2.0"));
        assert!(are_compatible("1.2.0", "1.9.3"));
        assert!(!are_compatible("1.2.0", "2.2.0"));
        assert!(!are_compatible("", ""));
    }

    #[test]
    fn commands_of_the_tool_are_known_by_name() {
        assert!(is_tool_command("deploy"));
        assert!(!is_tool_command("synth"));
        assert!(!is_tool_command("Review and deploy"));
    }
}
