//! Handles Ctrl-C and a closed output: removes the preparations, or leaves operations that have begun to AWS.

use std::io;
use std::time::Duration;

use infra_core::{Diagnostic, codes};
use infra_deploy::deploy::{Reached, deployed_in_part};
use infra_deploy::{Class, Error, Operation};

use super::Show;
use super::asked::{Answer, Driving, Purpose};
use super::track::{Track, detached, list};
use crate::failure::Failure;
use crate::person::Interrupt;
use crate::session::Session;

/// Time limit of the removal of preparations. GitHub kills a cancelled job after 10 seconds.
const TAKE_BACK: Duration = Duration::from_secs(8);

impl Session<'_> {
    /// Ends an operation whose output can no longer be written, because of a closed pipe or a full disk.
    ///
    /// Operations that have begun continue in AWS, and the exit code is that of a detached command. Prepared change sets and similar are removed, and
    /// the command fails.
    pub(super) async fn output_lost(
        &mut self,
        error: io::Error,
        track: &Track,
        driving: &Driving<'_>,
        purpose: Purpose,
    ) -> Failure {
        if !track.executing.is_empty() || !track.migrating.is_empty() {
            let finding = detached(track).note(format!("cannot write the output: {error}"));
            let finding = self.taken_back(finding, driving).await;
            return with_states(Error::new(Class::Interrupted, finding), track, driving).into();
        }
        if purpose == Purpose::Read && track.done.is_empty() {
            return Failure::Stream(error);
        }
        let finding = Diagnostic::new(
            codes::FILE_NOT_USABLE,
            if track.done.is_empty() {
                format!(
                    "stopped before anything was changed: cannot write the output: {error}"
                )
            } else {
                format!(
                    "stopped after {}: cannot write the output: {error}",
                    list(&track.done)
                )
            },
        );
        let finding = self.taken_back(finding, driving).await;
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
    async fn detach<T: Unpin + 'static>(
        &mut self,
        operation: &mut Operation<T>,
        track: &Track,
        driving: &Driving<'_>,
    ) -> Failure {
        *operation = Operation::new(|_| std::future::pending());
        let finding = self.taken_back(detached(track), driving).await;
        with_states(Error::new(Class::Interrupted, finding), track, driving).into()
    }

    /// Removes preparations that were not executed, and adds the results to the finding. A second Ctrl-C or the time limit ends the removal.
    async fn taken_back(&mut self, mut finding: Diagnostic, driving: &Driving<'_>) -> Diagnostic {
        tokio::select! {
            biased;
            lines = driving.stop.take_back() => {
                for line in lines {
                    finding = finding.note(line);
                }
                finding
            }
            _ = self.interrupts.next() => left_behind(finding),
            () = tokio::time::sleep(TAKE_BACK) => left_behind(finding),
        }
    }

    /// Handles an interrupt. Returns `Ok` if the user chooses to continue, and the failure that ends the command otherwise.
    pub(super) async fn interrupted<T: Unpin + 'static>(
        &mut self,
        interrupt: Interrupt,
        operation: &mut Operation<T>,
        show: &mut dyn Show,
        track: &mut Track,
        driving: &Driving<'_>,
    ) -> Result<(), Failure> {
        if track.executing.is_empty() && !track.migrating.is_empty() {
            return Err(self.detach(operation, track, driving).await);
        }
        if track.executing.is_empty() {
            // Dropping the operation stops its preparation; nothing is executed after this.
            *operation = Operation::new(|_| std::future::pending());
            let finding = Diagnostic::new(
                codes::INTERRUPTED_BEFORE,
                if track.done.is_empty() {
                    "interrupted before anything was changed".to_owned()
                } else {
                    format!("interrupted after {}", list(&track.done))
                },
            );
            let finding = self.taken_back(finding, driving).await;
            let error = Error::new(Class::Interrupted, finding);
            return Err(with_states(error, track, driving).into());
        }
        if interrupt == Interrupt::Terminate || !self.terminal || !self.person.is_there() {
            return Err(self.detach(operation, track, driving).await);
        }
        let cancel = driving.stop.can_cancel();
        self.output.say(&menu(track, cancel))?;
        loop {
            let answer = self.wait_for_answer(operation, show, track).await?;
            let line = match answer {
                Answer::Line(Some(line)) => line,
                Answer::Over => {
                    self.output.say("\nthe operation has ended in the meantime\n")?;
                    return Ok(());
                }
                Answer::Line(None) | Answer::Interrupt(_) => {
                    self.output.say("\n")?;
                    return Err(self.detach(operation, track, driving).await);
                }
            };
            match line.trim().to_ascii_lowercase().as_str() {
                "d" | "detach" => return Err(self.detach(operation, track, driving).await),
                "w" | "wait" | "" => return Ok(()),
                "c" | "cancel" if cancel => {
                    for stack in track.executing.clone() {
                        // A stack that cannot be cancelled continues, and so does this command.
                        match driving.stop.cancel(&stack).await {
                            Ok(()) => {
                                let said =
                                    format!("requested cancellation and rollback of {stack}\n");
                                self.output.say(&said)?;
                                track.cancelled.push(stack);
                            }
                            Err(error) => self.output.findings(&error.findings)?,
                        }
                    }
                    return Ok(());
                }
                other => {
                    let choices = if cancel { "d, c or w" } else { "d or w" };
                    let other = infra_console::words::clean(other);
                    self.output
                        .say(&format!("invalid answer `{other}`; {choices}? "))?;
                }
            }
        }
    }
}

/// Adds the states of the stacks to the error of a deployment that ends early, and a finding that lists them if only some were executed.
fn with_states(mut error: Error, track: &Track, driving: &Driving<'_>) -> Error {
    error.stacks = track.reached(&driving.stop.stacks());
    let is = |wanted: Reached| error.stacks.iter().any(|stack| stack.reached == wanted);
    let executed = is(Reached::Deployed) || is(Reached::Begun);
    if executed && is(Reached::NotBegun) {
        error.findings.push(deployed_in_part(&error.stacks));
    }
    error
}

fn menu(track: &Track, cancel: bool) -> String {
    let stacks: Vec<String> = track.executing.iter().cloned().collect();
    let mut text = format!(
        "\nAWS continues with {}, independently of this program:\n  \
         [d]etach  let AWS continue; `watch` follows it again\n",
        list(&stacks)
    );
    if cancel {
        text += "  [c]ancel  cancel the operation and roll back its changes\n";
    }
    text += "  [w]ait    continue to watch\n";
    text += if cancel { "d, c or w? " } else { "d or w? " };
    text
}

/// Replaces the failure of a rollback that this command requested with a finding that the operation was cancelled.
pub(super) fn as_wanted(mut error: Error, cancelled: &[String]) -> Error {
    if error.class == Class::RolledBack && !cancelled.is_empty() {
        let of_failure = |finding: &Diagnostic| finding.code == codes::DEPLOYMENT_ROLLED_BACK;
        error.findings.retain(|finding| !of_failure(finding));
        let message = format!("{} was cancelled and rolled back", list(cancelled));
        let finding = Diagnostic::new(codes::DEPLOYMENT_ROLLED_BACK, message);
        error.findings.push(finding);
    }
    error
}

fn left_behind(finding: Diagnostic) -> Diagnostic {
    finding.note("prepared change sets could not be deleted in time; `plan prune` removes them")
}
