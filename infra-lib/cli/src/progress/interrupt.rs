//! Handles Ctrl-C and a closed output: removes the preparations, or leaves operations that have begun to AWS.

use std::io;
use std::time::Duration;

use infra_core::{Diagnostic, codes};
use infra_deploy::deploy::{Reached, deployed_in_part};
use infra_deploy::{Class, Error, Operation};

use super::ProgressDisplay;
use super::asked::{Answer, DriveContext, Purpose};
use super::track::{OperationTracker, detached_finding, format_names};
use crate::failure::Failure;
use crate::person::Interrupt;
use crate::session::Session;

/// Time limit of the removal of preparations. GitHub kills a cancelled job after 10 seconds.
const REMOVAL_LIMIT: Duration = Duration::from_secs(8);

impl Session<'_> {
    /// Ends an operation whose output can no longer be written, because of a closed pipe or a full disk.
    ///
    /// Operations that have begun continue in AWS, and the exit code is that of a detached command. Prepared change sets and similar are removed, and
    /// the command fails.
    pub(super) async fn handle_lost_output(
        &mut self,
        error: io::Error,
        track: &OperationTracker,
        driving: &DriveContext<'_>,
        purpose: Purpose,
    ) -> Failure {
        if !track.executing.is_empty() || !track.migrating.is_empty() {
            let finding = detached_finding(track).note(format!("cannot write the output: {error}"));
            let finding = self.remove_preparations(finding, driving).await;
            return with_states(Error::new(Class::Interrupted, finding), track, driving).into();
        }
        if purpose == Purpose::Read && track.done.is_empty() {
            return Failure::Stream(error);
        }
        let finding = Diagnostic::new(
            codes::FILE_NOT_USABLE,
            if track.done.is_empty() {
                format!("stopped before anything was changed: cannot write the output: {error}")
            } else {
                format!(
                    "stopped after {}: cannot write the output: {error}",
                    format_names(&track.done)
                )
            },
        );
        let finding = self.remove_preparations(finding, driving).await;
        let class = if track.done.is_empty() {
            Class::Error
        } else {
            // `Error` would mean that nothing was changed.
            Class::Partial
        };
        let finding = finding.help("run the command again with a writable output");
        with_states(Error::new(class, finding), track, driving).into()
    }

    /// Ends the command and leaves the operation to AWS.
    async fn detach_operation<T: Unpin + 'static>(
        &mut self,
        operation: &mut Operation<T>,
        track: &OperationTracker,
        driving: &DriveContext<'_>,
    ) -> Failure {
        *operation = Operation::new(|_| std::future::pending());
        let finding = self
            .remove_preparations(detached_finding(track), driving)
            .await;
        with_states(Error::new(Class::Interrupted, finding), track, driving).into()
    }

    /// Removes preparations that were not executed, and adds the results to the finding. A second Ctrl-C or the time limit ends the removal.
    async fn remove_preparations(
        &mut self,
        mut finding: Diagnostic,
        driving: &DriveContext<'_>,
    ) -> Diagnostic {
        tokio::select! {
            biased;
            lines = driving.interruptible.discard_preparations() => {
                for line in lines {
                    finding = finding.note(line);
                }
                finding
            }
            _ = self.interrupts.next() => note_left_preparations(finding),
            () = tokio::time::sleep(REMOVAL_LIMIT) => note_left_preparations(finding),
        }
    }

    /// Handles an interrupt. Returns `Ok` if the user chooses to continue, and the failure that ends the command otherwise.
    pub(super) async fn handle_interrupt<T: Unpin + 'static>(
        &mut self,
        interrupt: Interrupt,
        operation: &mut Operation<T>,
        show: &mut dyn ProgressDisplay,
        track: &mut OperationTracker,
        driving: &DriveContext<'_>,
    ) -> Result<(), Failure> {
        if track.executing.is_empty() && !track.migrating.is_empty() {
            return Err(self.detach_operation(operation, track, driving).await);
        }
        if track.executing.is_empty() {
            // Dropping the operation stops its preparation; nothing is executed after this.
            *operation = Operation::new(|_| std::future::pending());
            let finding = Diagnostic::new(
                codes::INTERRUPTED_BEFORE,
                if track.done.is_empty() {
                    "interrupted before anything was changed".to_owned()
                } else {
                    format!("interrupted after {}", format_names(&track.done))
                },
            );
            let finding = self.remove_preparations(finding, driving).await;
            let error = Error::new(Class::Interrupted, finding);
            return Err(with_states(error, track, driving).into());
        }
        if interrupt == Interrupt::Terminate || !self.terminal || !self.person.is_present() {
            return Err(self.detach_operation(operation, track, driving).await);
        }
        let cancel = driving.interruptible.can_cancel();
        self.output
            .write_message(&render_interrupt_menu(track, cancel))?;
        loop {
            let answer = self.wait_for_answer(operation, show, track).await?;
            let line = match answer {
                Answer::Line(Some(line)) => line,
                Answer::OperationEnded => {
                    self.output
                        .write_message("\nthe operation has ended in the meantime\n")?;
                    return Ok(());
                }
                Answer::Line(None) | Answer::Interrupt(_) => {
                    self.output.write_message("\n")?;
                    return Err(self.detach_operation(operation, track, driving).await);
                }
            };
            match line.trim().to_ascii_lowercase().as_str() {
                "d" | "detach" => {
                    return Err(self.detach_operation(operation, track, driving).await);
                }
                "w" | "wait" | "" => return Ok(()),
                "c" | "cancel" if cancel => {
                    for stack in track.executing.clone() {
                        // A stack that cannot be cancelled continues, and so does this command.
                        match driving.interruptible.cancel_operation(&stack).await {
                            Ok(()) => {
                                let said =
                                    format!("requested cancellation and rollback of {stack}\n");
                                self.output.write_message(&said)?;
                                track.cancelled.push(stack);
                            }
                            Err(error) => self.output.write_findings(&error.findings)?,
                        }
                    }
                    return Ok(());
                }
                other => {
                    let choices = if cancel { "d, c or w" } else { "d or w" };
                    let other = infra_console::words::clean_line(other);
                    self.output
                        .write_message(&format!("invalid answer `{other}`; {choices}? "))?;
                }
            }
        }
    }
}

/// Adds the states of the stacks to the error of a deployment that ends early, and a finding that lists them if only some were executed.
fn with_states(mut error: Error, track: &OperationTracker, driving: &DriveContext<'_>) -> Error {
    error.stacks = track.stack_states(&driving.interruptible.stack_names());
    let is = |wanted: Reached| error.stacks.iter().any(|stack| stack.reached == wanted);
    let executed = is(Reached::Deployed) || is(Reached::Started);
    if executed && is(Reached::NotStarted) {
        error.findings.push(deployed_in_part(&error.stacks));
    }
    error
}

fn render_interrupt_menu(track: &OperationTracker, cancel: bool) -> String {
    let stacks: Vec<String> = track.executing.iter().cloned().collect();
    let mut text = format!(
        "\nAWS continues with {}, independently of this program:\n  \
         [d]etach  let AWS continue; `watch` follows it again\n",
        format_names(&stacks)
    );
    if cancel {
        text += "  [c]ancel  cancel the operation and roll back its changes\n";
    }
    text += "  [w]ait    continue to watch\n";
    text += if cancel { "d, c or w? " } else { "d or w? " };
    text
}

/// Replaces the failure of a rollback that this command requested with a finding that the operation was cancelled.
pub(super) fn replace_rollback_failure(mut error: Error, cancelled: &[String]) -> Error {
    if error.class == Class::RolledBack && !cancelled.is_empty() {
        let of_failure = |finding: &Diagnostic| finding.code == codes::DEPLOYMENT_ROLLED_BACK;
        error.findings.retain(|finding| !of_failure(finding));
        let message = format!("{} was cancelled and rolled back", format_names(cancelled));
        let finding = Diagnostic::new(codes::DEPLOYMENT_ROLLED_BACK, message);
        error.findings.push(finding);
    }
    error
}

fn note_left_preparations(finding: Diagnostic) -> Diagnostic {
    finding.note("prepared change sets could not be deleted in time; `plan prune` removes them")
}
