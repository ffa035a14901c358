//! Knowledge about the reviewed changes, in addition to the sources: none, digests of changes, or a plan file.

use std::collections::BTreeMap;

use infra_core::{Diagnostic, codes};

use super::refusal::mismatch_error;
use crate::error::{Class, Error};
use crate::plan::engine::{Engine, Planned};
use crate::plan::target::Target;
use crate::plan::{PlanRecord, StackRecord, Step, key, provisional};
use infra_template::digest::Digest;

/// Knowledge about the reviewed changes, in addition to the sources.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Expected<'r> {
    /// The sources alone decide; the reviewed changes are unknown.
    Sources,
    /// Change digests by stack name, possibly not of all stacks.
    Changes(&'r BTreeMap<String, Digest>),
    /// Contents of a plan file.
    Record(&'r PlanRecord),
}

impl<'r> Expected<'r> {
    /// Returns the plan file's entry for a stack; `None` without a plan file.
    ///
    /// # Errors
    ///
    /// When the plan file does not contain the stack, or was created from other sources; the error names the parts that differ.
    pub(super) fn recorded_step(
        &self,
        engine: &Engine,
        target: &Target,
    ) -> Result<Option<&'r Step>, Error> {
        let Self::Record(record) = self else {
            return Ok(None);
        };
        let recorded = find_matching_record(engine, target, record)?;
        Ok(Some(&recorded.step))
    }

    /// Returns the digest of the reviewed changes, for [`is_reviewed`].
    pub(super) fn reviewed_changes(&self, target: &Target) -> Option<&'r Digest> {
        match self {
            Self::Sources => None,
            Self::Changes(changes) => changes.get(&target.stack.name),
            Self::Record(record) => {
                let recorded = record.find_stack(&target.region, &target.stack.name)?;
                match &recorded.step {
                    Step::ChangeSet { changes, .. } => Some(changes),
                    Step::Unchanged | Step::Provisional { .. } => None,
                }
            }
        }
    }
}

/// Returns true if the reviewed digest matches the actual one. Accepts the shortened form that people copy, but not fewer digits.
pub(super) fn is_reviewed(reviewed: &Digest, found: &Digest) -> bool {
    let digits = reviewed.as_str();
    digits.starts_with(found.short()) && found.as_str().starts_with(digits)
}

/// Returns the plan file's entry for a stack if its key equals that of these sources.
fn find_matching_record<'r>(
    engine: &Engine,
    target: &Target,
    record: &'r PlanRecord,
) -> Result<&'r StackRecord, Error> {
    let (name, region) = (&target.stack.name, &target.region);
    let Some(recorded) = record.find_stack(region, name) else {
        let finding = Diagnostic::new(
            codes::NOT_PLANNED,
            format!("stack `{name}` in {region} is not in the plan file"),
        )
        .path(target.stack.path.clone())
        .help("plan it as well, or exclude it with `--stack`");
        return Err(Error::new(Class::Stale, finding));
    };
    if recorded.key == target.key {
        return Ok(recorded);
    }
    let now = key::digest_parts(target, &engine.options);
    let differs: Vec<&str> = now
        .iter()
        .filter(|(part, digest)| recorded.parts.get(*part) != Some(digest))
        .map(|(part, _)| part.as_str())
        .collect();
    if differs.is_empty() {
        return Err(mismatch_error(target, &["the key"]));
    }
    Err(mismatch_error(target, &differs))
}

/// Refuses the predicted changes of a stack unless the plan file contains exactly these.
pub(super) fn check_provisional(plan: &Planned, step: &Step) -> Result<(), Error> {
    match step {
        Step::Provisional { changes } if *changes == provisional::digest_review(&plan.review) => {
            Ok(())
        }
        _ => Err(mismatch_error(&plan.target, &["the deployed stack"])),
    }
}
