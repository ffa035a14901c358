//! Contents of documents.

use crate::cfn::ssm::document::{DocumentFormat, DocumentType};
use crate::core::{Arn, Data, IntoValue, Map, Value};
use crate::kind;

/// Content of a [`Document`](super::Document), in a format and for a purpose.
#[derive(Clone, Debug)]
pub struct DocumentContent {
    pub(super) kind: DocumentType,
    pub(super) format: DocumentFormat,
    pub(super) content: Data,
}

impl DocumentContent {
    /// Creates a document of another purpose from JSON, such as `Session` or `ChangeCalendar`.
    pub fn json(purpose: impl Into<String>, content: impl Into<Data>) -> Self {
        Self {
            kind: DocumentType::other(purpose.into()),
            format: DocumentFormat::JSON,
            content: content.into(),
        }
    }

    /// Creates a document from YAML, for a purpose such as `Command` or `Automation`.
    pub fn yaml(purpose: impl Into<String>, content: impl Into<String>) -> Self {
        Self {
            kind: DocumentType::other(purpose.into()),
            format: DocumentFormat::YAML,
            content: Data::text(content.into()),
        }
    }
}

/// Commands that Systems Manager runs on instances, a document of schema 2.2.
///
/// See [command documents](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-schemas-features.html).
#[derive(Clone, Debug)]
pub struct CommandDocument {
    description: String,
    parameters: Map,
    steps: Vec<Data>,
}

impl CommandDocument {
    /// Creates a document without steps.
    pub fn new(description: impl Into<String>) -> Self {
        Self {
            description: description.into(),
            parameters: Map::new(),
            steps: Vec::new(),
        }
    }

    /// Adds a parameter of type `String` with its default; commands use it as `{{ name }}`.
    pub fn parameter(mut self, name: impl Into<String>, default: impl Into<String>) -> Self {
        self.parameters
            .insert(name.into(), text_parameter(default.into()));
        self
    }

    /// Adds a step that runs commands in the shell of Linux and macOS.
    pub fn shell_step(
        self,
        name: impl Into<String>,
        commands: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.step(name, "aws:runShellScript", run_command(commands))
    }

    /// Adds a step that runs commands in PowerShell.
    pub fn powershell_step(
        self,
        name: impl Into<String>,
        commands: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.step(name, "aws:runPowerShellScript", run_command(commands))
    }

    /// Adds a step of another plugin with its inputs.
    pub fn step(mut self, name: impl Into<String>, plugin: &str, inputs: impl Into<Data>) -> Self {
        self.steps.push(Data::map([
            ("action", Data::text(plugin.to_owned())),
            ("name", Data::text(name.into())),
            ("inputs", inputs.into()),
        ]));
        self
    }
}

impl From<CommandDocument> for DocumentContent {
    fn from(document: CommandDocument) -> Self {
        let mut content = Map::new();
        content.insert("schemaVersion", "2.2");
        content.insert("description", Data::text(document.description));
        if !document.parameters.is_empty() {
            content.insert("parameters", document.parameters);
        }
        content.insert("mainSteps", Data::list(document.steps));
        Self::json("Command", content)
    }
}

/// Steps that Systems Manager Automation performs in an account, a document of schema 0.3.
///
/// See [runbooks](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-documents.html).
#[derive(Clone, Debug)]
pub struct AutomationDocument {
    description: String,
    role: Option<Value<Arn<kind::iam::Role>>>,
    parameters: Map,
    steps: Vec<Data>,
}

impl AutomationDocument {
    /// Creates a document without steps, which acts with the permissions of the principal that starts it.
    pub fn new(description: impl Into<String>) -> Self {
        Self {
            description: description.into(),
            role: None,
            parameters: Map::new(),
            steps: Vec::new(),
        }
    }

    /// Sets the role with which the steps act. It must be assumable by `ssm.amazonaws.com`.
    pub fn assume_role(mut self, role_arn: impl IntoValue<Arn<kind::iam::Role>>) -> Self {
        self.role = Some(role_arn.into_value());
        self
    }

    /// Adds a parameter of type `String` with its default; steps use it as `{{ name }}`.
    pub fn parameter(mut self, name: impl Into<String>, default: impl Into<String>) -> Self {
        self.parameters
            .insert(name.into(), text_parameter(default.into()));
        self
    }

    /// Adds a step with its action, such as `aws:executeAwsApi`, and its inputs.
    pub fn step(mut self, name: impl Into<String>, action: &str, inputs: impl Into<Data>) -> Self {
        self.steps.push(Data::map([
            ("name", Data::text(name.into())),
            ("action", Data::text(action.to_owned())),
            ("inputs", inputs.into()),
        ]));
        self
    }
}

impl From<AutomationDocument> for DocumentContent {
    fn from(document: AutomationDocument) -> Self {
        let mut content = Map::new();
        content.insert("schemaVersion", "0.3");
        content.insert("description", Data::text(document.description));
        if let Some(role) = document.role {
            content.insert("assumeRole", role.into_data());
        }
        if !document.parameters.is_empty() {
            content.insert("parameters", document.parameters);
        }
        content.insert("mainSteps", Data::list(document.steps));
        Self::json("Automation", content)
    }
}

fn text_parameter(default: String) -> Data {
    Data::map([
        ("type", Data::text("String")),
        ("default", Data::text(default)),
    ])
}

fn run_command(commands: impl IntoIterator<Item = impl Into<String>>) -> Data {
    let commands = commands
        .into_iter()
        .map(|command| Data::text(command.into()));
    Data::map([("runCommand", Data::list(commands))])
}
