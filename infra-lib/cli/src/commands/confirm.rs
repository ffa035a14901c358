//! Asks for confirmation before a change: a person types a word, a script passes an option.

use infra_core::{Diagnostic, codes};
use infra_deploy::{Class, Error};

use crate::ExitCode;
use crate::failure::Failure;
use crate::progress::record::{self, Own, StackResult};
use crate::progress::{Interruptible, ProgressArguments, is_yes};
use crate::session::Session;

/// An operation that leaves nothing prepared behind and cannot be cancelled: Ctrl-C leaves it to AWS.
#[derive(Clone, Copy, Debug)]
pub(super) struct Uncancellable;

impl Interruptible for Uncancellable {}

/// The answer that confirms a change.
pub(super) enum ExpectedAnswer<'w> {
    /// `y` or `yes`, in any case.
    Yes,
    /// This name, typed exactly.
    Name(&'w str),
}

impl Session<'_> {
    /// Asks a question, and returns an error unless the answer confirms it. `script` is the option that the error recommends to scripts.
    pub(super) async fn confirm_change(
        &mut self,
        question: &str,
        wanted: ExpectedAnswer<'_>,
        script: &str,
    ) -> Result<(), Failure> {
        if !self.person.is_present() {
            let finding = Diagnostic::new(
                codes::NOT_CONFIRMED,
                "confirmation is required, but there is no terminal; nothing was changed",
            )
            .help(format!(
                "run the command at a terminal, or confirm with `{script}`"
            ));
            return Err(Error::new(Class::Blocked, finding).into());
        }
        self.output.write_message(question)?;
        let answer = tokio::select! {
            biased;
            line = self.person.read_answer() => line,
            _ = self.interrupts.next() => {
                self.output.write_message("\n")?;
                let finding = Diagnostic::new(
                    codes::INTERRUPTED_BEFORE,
                    "interrupted before anything was changed",
                );
                return Err(Error::new(Class::Interrupted, finding).into());
            }
        };
        let agreed = answer.as_deref().is_some_and(|line| match wanted {
            ExpectedAnswer::Yes => is_yes(line),
            ExpectedAnswer::Name(name) => line.trim() == name,
        });
        if agreed {
            return Ok(());
        }
        let finding = match wanted {
            ExpectedAnswer::Name(name) => Diagnostic::new(
                codes::NOT_CONFIRMED,
                "the name does not match; nothing was changed",
            )
            .actual(answer.unwrap_or_default())
            .expected(name),
            ExpectedAnswer::Yes => {
                Diagnostic::new(codes::NOT_CONFIRMED, "not confirmed; nothing was changed")
            }
        };
        Err(Error::new(Class::Blocked, finding).into())
    }

    /// Writes the result of a command that succeeded: a JSON line for programs, or a line for people.
    pub(super) fn report_success(
        &mut self,
        command: &str,
        progress: ProgressArguments,
        now: time::OffsetDateTime,
        stacks: Vec<StackResult>,
        line: &str,
    ) -> Result<ExitCode, Failure> {
        if progress.json {
            let result = Own::Result {
                command: command.to_owned(),
                exit_code: ExitCode::Ok.number(),
                release: None,
                stacks,
            };
            record::write_record(&mut self.output, now, result)?;
        } else {
            let line = self.output.emphasize_text(line);
            self.output.write_status(&format!("{line}\n"))?;
        }
        Ok(ExitCode::Ok)
    }
}

/// Creates the result of a stack for the last JSON line.
pub(super) fn stack_result(stack: &str, outcome: &str) -> StackResult {
    StackResult {
        stack: stack.to_owned(),
        outcome: outcome.to_owned(),
        outputs: std::collections::BTreeMap::new(),
    }
}

/// Formats a resource as one line: construct path, type, and place in the program.
pub(super) fn format_resource(resource: &infra_template::ResourceName) -> String {
    let mut text = format!("{} ({})", resource.display_name(), resource.type_name);
    if let Some(source) = &resource.source {
        text += " at ";
        text += source;
    }
    text
}
