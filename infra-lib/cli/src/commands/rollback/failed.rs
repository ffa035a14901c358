//! Rolls a stack back whose last operation failed.

use infra_core::{Diagnostic, codes};
use infra_deploy::operate::rollback::{RollbackKind, SkipResources, roll_back, survey_rollback};

use super::Arguments;
use crate::ExitCode;
use crate::commands::confirm::{ExpectedAnswer, Uncancellable, format_resource, stack_result};
use crate::failure::Failure;
use crate::progress::DriveContext;
use crate::session::Session;

pub(super) fn roll_back_failed(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let [stack] = options.stack.as_slice() else {
        let message = "only one failed stack can be rolled back at a time: give its name";
        return Err(Diagnostic::new(codes::UNKNOWN_STACK, message).into());
    };
    let assembly = session.load_assembly(options.assembly.as_deref())?;
    session.with_cloud(async |session, cloud| {
        let driving = || DriveContext {
            arguments: options.progress,
            cloud: &*cloud,
            interruptible: &Uncancellable,
            questions: None,
        };
        let looked = survey_rollback(cloud.clone(), assembly.clone(), stack.clone());
        let looked = session
            .drive_recorded("rollback", looked, driving())
            .await?;
        let way = select_rollback_mode(options);
        if looked.can_be_rolled_back() && looked.is_stuck() == options.go_on {
            if !options.progress.json {
                let findings = looked.list_findings();
                let end = if findings.is_empty() {
                    ""
                } else {
                    "; failures:\n"
                };
                let line = format!("{} is {}{end}\n", looked.stack(), looked.status);
                session.output.write_status(&line)?;
                session.output.write_findings(&findings)?;
            }
            if !options.yes {
                let question = format!("{} [y/N] ", format_question(&way, looked.stack()));
                session
                    .confirm_change(&question, ExpectedAnswer::Yes, "--yes")
                    .await?;
            }
        }
        let back = roll_back(looked, way);
        let back = session.drive_recorded("rollback", back, driving()).await?;
        if !options.progress.json {
            for resource in &back.skipped {
                let line = format!(
                    "skipped, may differ from its template: {}\n",
                    format_resource(resource)
                );
                session.output.write_status(&line)?;
            }
        }
        let line = format!("{} was rolled back: {}", back.stack, back.status);
        let stacks = vec![stack_result(&back.stack, back.status.as_str())];
        session.report_success(
            "rollback",
            options.progress,
            cloud.current_time(),
            stacks,
            &line,
        )
    })
}

fn select_rollback_mode(options: &Arguments) -> RollbackKind {
    if !options.go_on {
        RollbackKind::RollbackStack
    } else if options.force_skip {
        RollbackKind::ContinueUpdateRollback(SkipResources::AllFailed)
    } else if options.skip.is_empty() {
        RollbackKind::ContinueUpdateRollback(SkipResources::None)
    } else {
        RollbackKind::ContinueUpdateRollback(SkipResources::Named(
            options.skip.iter().cloned().collect(),
        ))
    }
}

fn format_question(way: &RollbackKind, stack: &str) -> String {
    match way {
        RollbackKind::RollbackStack => format!("roll {stack} back?"),
        RollbackKind::ContinueUpdateRollback(SkipResources::None) => {
            format!("continue the rollback of {stack}?")
        }
        RollbackKind::ContinueUpdateRollback(SkipResources::Named(ids)) => {
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            format!(
                "continue the rollback of {stack} and skip {}?",
                ids.join(", ")
            )
        }
        RollbackKind::ContinueUpdateRollback(SkipResources::AllFailed) => {
            format!("continue the rollback of {stack} and skip all resources that fail?")
        }
    }
}
