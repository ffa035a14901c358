//! Finds all obstacles to the deletion of stacks at once, so that they can be resolved together.

use std::collections::BTreeSet;

use infra_core::{Diagnostic, codes};

use super::{Content, DeletionEffect, DestroyOptions, DoomedStack, Leftovers, Survey};
use crate::operate::{left, locate_finding};
use infra_template::ResourceName;

impl Survey {
    /// Returns a finding for each obstacle to the deletion of these stacks with these options; empty if they can be deleted.
    pub fn find_obstacles(&self, options: &DestroyOptions) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for doomed in &self.stacks {
            found.extend(check_protection(doomed));
            found.extend(check_dependents(doomed));
            found.extend(check_failed_deletion(doomed, options));
            found.extend(check_data_loss(doomed, options));
        }
        found.extend(self.find_unknown_names("--allow-data-loss", &options.allow_data_loss));
        // If no deletion failed, the finding about the option itself is enough.
        if self.stacks.iter().any(|doomed| !doomed.failed.is_empty()) {
            found.extend(self.find_unknown_names("--retain", &options.retain));
        }
        found
    }

    /// Reports names that match no resource, because a typo must not count as approval.
    fn find_unknown_names(&self, option: &str, names: &BTreeSet<String>) -> Vec<Diagnostic> {
        let is_known = |name: &str| {
            self.stacks.iter().any(|doomed| {
                let held = doomed.holdings.iter().map(|holding| &holding.resource);
                held.chain(&doomed.failed)
                    .any(|resource| resource.is_named(name))
            })
        };
        names
            .iter()
            .filter(|name| !is_known(name))
            .map(|name| {
                Diagnostic::new(
                    codes::UNKNOWN_RESOURCE,
                    format!("`{option} {name}` matches no resource"),
                )
                .help("use a logical ID or construct path from the list")
            })
            .collect()
    }
}

pub(super) fn names_resource(names: &BTreeSet<String>, resource: &ResourceName) -> bool {
    names.iter().any(|name| resource.is_named(name))
}

fn check_protection(doomed: &DoomedStack) -> Option<Diagnostic> {
    doomed.stack.termination_protection.then(|| {
        let finding = Diagnostic::new(
            codes::TERMINATION_PROTECTED,
            format!("stack `{}` is protected against deletion", doomed.name()),
        )
        .path(doomed.path());
        finding.help(if doomed.target.is_orphaned {
            format!(
                "disable the protection with `aws cloudformation update-termination-protection --region {} --stack-name {} --no-enable-termination-protection`, then destroy",
                doomed.region(),
                doomed.name()
            )
        } else if doomed.target.stack.termination_protection {
            "remove `termination_protection` from the program and deploy; then destroy".to_owned()
        } else {
            format!(
                "`deploy --stack {}` disables the protection, as set in the program; then destroy",
                doomed.path()
            )
        })
    })
}

fn check_dependents(doomed: &DoomedStack) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (export, stacks) in &doomed.imported_exports {
        let list: Vec<String> = stacks.iter().map(|name| format!("`{name}`")).collect();
        let finding = Diagnostic::new(
            codes::STACK_IN_USE,
            format!(
                "stack `{}` exports `{export}`, which {} imports",
                doomed.name(),
                list.join(", ")
            ),
        )
        .path(doomed.path())
        .help("destroy those stacks first, or remove the import from them and deploy");
        found.push(finding);
    }
    if !doomed.dependents.is_empty() {
        let list: Vec<String> = doomed
            .dependents
            .iter()
            .map(|path| format!("`{path}`"))
            .collect();
        let names: Vec<String> = std::iter::once(doomed.path())
            .chain(doomed.dependents.iter().map(String::as_str))
            .map(|path| format!("--stack {path}"))
            .collect();
        let finding = Diagnostic::new(
            codes::STACK_IN_USE,
            format!(
                "stack `{}` is required by {}, which would remain",
                doomed.name(),
                list.join(", ")
            ),
        )
        .path(doomed.path())
        .help(format!(
            "destroy them together: `destroy {}`",
            names.join(" ")
        ));
        found.push(finding);
    }
    found
}

/// Reports options that CloudFormation accepts only after a failed deletion. See
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html>.
fn check_failed_deletion(doomed: &DoomedStack, options: &DestroyOptions) -> Option<Diagnostic> {
    let option = if options.leftovers == Leftovers::LeaveBehind {
        "--force-delete"
    } else if options.retain.is_empty() {
        return None;
    } else {
        "--retain"
    };
    (!doomed.stack.status.is_named("DELETE_FAILED")).then(|| {
        Diagnostic::new(
            codes::RETAIN_TOO_EARLY,
            format!(
                "`{option}` requires a stack whose deletion failed, but `{}` is {}",
                doomed.name(),
                doomed.stack.status
            ),
        )
        .path(doomed.path())
        .note("CloudFormation can retain resources only after a failed deletion")
        .help(format!(
            "destroy it without `{option}`; to retain a resource in the first deletion, \
             give it the removal policy `Retain` and deploy"
        ))
    })
}

fn check_data_loss(doomed: &DoomedStack, options: &DestroyOptions) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for holding in &doomed.holdings {
        let stays = names_resource(&options.retain, &holding.resource)
            || options.leftovers == Leftovers::LeaveBehind;
        if stays || holding.fate == DeletionEffect::Retained {
            continue;
        }
        let shown = holding.resource.display_name();
        if let Some(property) = holding.protected {
            let finding = Diagnostic::new(
                codes::RESOURCE_PROTECTED,
                format!("`{shown}` cannot be deleted: {property} is on"),
            )
            .help(if doomed.target.is_orphaned {
                "turn it off outside CloudFormation, for example in the console of its service; then destroy"
            } else {
                "turn it off in the program and deploy; then destroy"
            });
            found.push(locate_finding(finding, &holding.resource));
        }
        // A stack that left the app cannot be changed by a deployment.
        let full = left::full_name(&doomed.target);
        let give_up = format!("`orphan --stack {full}`, which deletes nothing");
        let (keep, or_keep) = if doomed.target.is_orphaned {
            (give_up.clone(), format!("or keep the stack: {give_up}"))
        } else {
            let or_keep = "or give it the removal policy `Retain` and deploy";
            (
                "the removal policy `Retain`, and deploy".to_owned(),
                or_keep.to_owned(),
            )
        };
        if doomed.discards_data(options) {
            continue;
        }
        if let Content::Objects(count) = holding.content {
            let bucket = holding.resource.physical_id.as_deref().unwrap_or_default();
            let finding = Diagnostic::new(
                codes::BUCKET_NOT_EMPTY,
                format!(
                    "bucket `{bucket}` is not empty, and CloudFormation deletes only empty buckets"
                ),
            )
            .actual(match count {
                1 => "1 object".to_owned(),
                count => format!("{count} objects"),
            })
            .help(format!(
                "empty it with `aws s3 rm s3://{bucket} --recursive` (and its versions), {or_keep}"
            ));
            found.push(locate_finding(finding, &holding.resource));
        } else if holding.loses_data()
            && !names_resource(&options.allow_data_loss, &holding.resource)
        {
            let finding = Diagnostic::new(
                codes::DATA_LOSS,
                format!("the data of `{shown}` would be lost"),
            )
            .note("its deletion policy deletes it without a snapshot")
            .help(format!(
                "to accept the loss: `--allow-data-loss {}`; to keep the data: {keep}",
                holding.resource.logical_id
            ));
            found.push(locate_finding(finding, &holding.resource));
        }
    }
    found
}
