//! User data: what an instance runs when it starts for the first time.

use crate::core::intrinsics::{base64, concat};
use crate::{Data, Diagnostic, IntoValue, Scope, Value, codes};

/// Maximum size of user data before it is encoded, in bytes.
const LIMIT: usize = 16_384;

/// Line between the parts of user data that has several.
const BOUNDARY: &str = "==infra-lib-user-data==";

/// User data of an instance: shell commands, a document for cloud-init, or both.
///
/// An instance runs it once, when it starts for the first time ([Run commands when you launch an EC2
/// instance](https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html)). A change restarts an existing instance
/// but does not run the commands again. User data can be read on the instance by every process, and by everybody who may
/// describe the instance: it must not contain secrets.
///
/// ```
/// use infra_lib::ec2::UserData;
///
/// let data = UserData::new()
///     .command("dnf install -y nginx")
///     .command("systemctl enable --now nginx");
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "user data has no effect until it is passed to a builder"]
pub struct UserData {
    commands: Vec<Value<String>>,
    cloud_config: Option<Value<String>>,
}

impl UserData {
    /// Creates user data without commands.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a command, or several lines of them, to a script of Bash. The script runs as root, and ends at the first
    /// command that fails.
    pub fn command(mut self, command: impl IntoValue<String>) -> Self {
        self.commands.push(command.into_value());
        self
    }

    /// Sets the document for cloud-init, in YAML and without its first line `#cloud-config` ([cloud-config
    /// examples](https://cloudinit.readthedocs.io/en/latest/reference/examples.html)). With commands, both become parts of
    /// one MIME message.
    pub fn cloud_config(mut self, document: impl IntoValue<String>) -> Self {
        self.cloud_config = Some(document.into_value());
        self
    }

    /// Returns the property `UserData`, or none without contents, and reports text that is too long (`INF4116`).
    pub(super) fn render(self, scope: Scope<'_>, property: &'static str) -> Option<Value<String>> {
        let mut parts = Vec::new();
        if let Some(document) = self.cloud_config {
            let text = vec!["#cloud-config\n".into(), document.into_data(), "\n".into()];
            parts.push(("text/cloud-config", text));
        }
        if !self.commands.is_empty() {
            let mut text = vec![Data::from("#!/bin/bash -e\n")];
            for command in self.commands {
                text.extend([command.into_data(), "\n".into()]);
            }
            parts.push(("text/x-shellscript", text));
        }
        let text = match parts.len() {
            0 => return None,
            1 => parts.remove(0).1,
            _ => join_parts(parts),
        };
        check_size(&text, scope, property);
        Some(base64(concat(text)))
    }
}

/// Returns a MIME message with the parts.
fn join_parts(parts: Vec<(&'static str, Vec<Data>)>) -> Vec<Data> {
    let mut message = vec![Data::from(format!(
        "Content-Type: multipart/mixed; boundary=\"{BOUNDARY}\"\nMIME-Version: 1.0\n\n"
    ))];
    for (content_type, text) in parts {
        message.push(Data::from(format!(
            "--{BOUNDARY}\nContent-Type: {content_type}; charset=\"utf-8\"\nMIME-Version: 1.0\n\n"
        )));
        message.extend(text);
    }
    message.push(Data::from(format!("--{BOUNDARY}--\n")));
    message
}

/// Reports user data whose literal text is longer than EC2 accepts.
fn check_size(text: &[Data], scope: Scope<'_>, property: &'static str) {
    let size: usize = text.iter().filter_map(Data::as_text).map(str::len).sum();
    if size > LIMIT {
        scope.report(
            Diagnostic::new(codes::USER_DATA_SIZE, "EC2 rejects user data of this size")
                .property(property)
                .actual(format!("{size} bytes"))
                .expected(format!("at most {LIMIT} bytes before Base64"))
                .help("put the files into a bucket, and let a command copy them from there; or build them into an image")
                .url("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html"),
        );
    }
}
