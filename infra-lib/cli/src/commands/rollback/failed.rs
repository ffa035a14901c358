//! Rolls a stack back whose last operation failed.

use infra_core::{Diagnostic, codes};
use infra_deploy::operate::rollback::{Skip, Way, roll_back, survey};

use super::Arguments;
use crate::ExitCode;
use crate::commands::confirm::{Stop, Wanted, became, line_of};
use crate::failure::Failure;
use crate::progress::Driving;
use crate::session::Session;

pub(super) fn run(session: &mut Session<'_>, options: &Arguments) -> Result<ExitCode, Failure> {
    let [stack] = options.stack.as_slice() else {
        let message = "only one failed stack can be rolled back at a time: give its name";
        return Err(Diagnostic::new(codes::UNKNOWN_STACK, message).into());
    };
    let assembly = session.wanted(options.assembly.as_deref())?;
    session.with_cloud(async |session, cloud| {
        let driving = || Driving {
            arguments: options.progress,
            cloud: &*cloud,
            stop: &Stop,
            questions: None,
        };
        let looked = survey(cloud.clone(), assembly.clone(), stack.clone());
        let looked = session
            .drive_recorded("rollback", looked, driving())
            .await?;
        let way = way(options);
        if looked.can_be_rolled_back() && looked.is_stuck() == options.go_on {
            if !options.progress.json {
                let findings = looked.findings();
                let end = if findings.is_empty() {
                    ""
                } else {
                    "; failures:\n"
                };
                let line = format!("{} is {}{end}\n", looked.stack(), looked.status);
                session.output.talk(&line)?;
                session.output.findings(&findings)?;
            }
            if !options.yes {
                let question = format!("{} [y/N] ", question(&way, looked.stack()));
                session.confirm(&question, Wanted::Yes, "--yes").await?;
            }
        }
        let back = roll_back(looked, way);
        let back = session.drive_recorded("rollback", back, driving()).await?;
        if !options.progress.json {
            for resource in &back.skipped {
                let line = format!(
                    "skipped, may differ from its template: {}\n",
                    line_of(resource)
                );
                session.output.talk(&line)?;
            }
        }
        let line = format!("{} was rolled back: {}", back.stack, back.status);
        let stacks = vec![became(&back.stack, back.status.as_str())];
        session.done("rollback", options.progress, cloud.now(), stacks, &line)
    })
}

fn way(options: &Arguments) -> Way {
    if !options.go_on {
        Way::Back
    } else if options.force_skip {
        Way::On(Skip::WhateverFails)
    } else if options.skip.is_empty() {
        Way::On(Skip::Nothing)
    } else {
        Way::On(Skip::These(options.skip.iter().cloned().collect()))
    }
}

fn question(way: &Way, stack: &str) -> String {
    match way {
        Way::Back => format!("roll {stack} back?"),
        Way::On(Skip::Nothing) => format!("continue the rollback of {stack}?"),
        Way::On(Skip::These(ids)) => {
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            format!(
                "continue the rollback of {stack} and skip {}?",
                ids.join(", ")
            )
        }
        Way::On(Skip::WhateverFails) => {
            format!("continue the rollback of {stack} and skip all resources that fail?")
        }
    }
}
