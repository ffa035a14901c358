//! Fills parameters with outputs of other stacks, so that their values are part of the plan.

use std::collections::{BTreeMap, BTreeSet};

use infra_aws::{Cloud, StackDescription};
use infra_core::template::{ResolvedParameter, read_resolved_parameters};
use infra_core::{Diagnostic, codes};

use super::engine::collect_results;
use super::options::PlanOptions;
use super::target::Target;
use crate::calls::{Calls, run_concurrently};
use crate::error::{Class, Error};

/// Region and name of a stack.
type StackLocation = (String, String);

/// Fills the parameters of each target with the outputs that its template requests, and updates its key.
///
/// Each producer is described once. An output that does not exist yet leaves its parameter without a value; the reading stack is planned after its
/// producer is deployed.
pub(crate) async fn fill_parameters(
    calls: &Calls,
    cloud: &dyn Cloud,
    targets: &mut [Target],
    options: &PlanOptions,
) -> Result<(), Error> {
    let mut wanted: BTreeSet<StackLocation> = BTreeSet::new();
    for target in targets.iter() {
        for source in list_sources(target) {
            if target.parameters.contains_key(&source.parameter) {
                return Err(explicit_parameter_error(target, &source));
            }
            wanted.insert(source_location(target, &source));
        }
    }
    if wanted.is_empty() {
        return Ok(());
    }
    let described = run_concurrently(wanted.into_iter().map(|(region, stack)| async move {
        let client = cloud.cloudformation_client(&region);
        let found = calls
            .call_with_retries(|| client.describe_stack(&stack))
            .await;
        let found = found.map_err(|error| {
            Error::from_api(
                format!("read the outputs of stack `{stack}` in {region}"),
                error,
            )
        })?;
        Ok(((region, stack), found))
    }))
    .await;
    let described: BTreeMap<StackLocation, Option<StackDescription>> =
        collect_results(described)?.into_iter().collect();
    for target in targets {
        let mut filled = false;
        for source in list_sources(target) {
            let producer = described
                .get(&source_location(target, &source))
                .and_then(Option::as_ref);
            if let Some(value) = producer.and_then(|stack| find_output(stack, &source.output)) {
                target.parameters.insert(source.parameter, value.to_owned());
                filled = true;
            }
        }
        if filled {
            target.set_key(options);
        }
    }
    Ok(())
}

/// Returns the target with the current values of the outputs.
pub(crate) async fn refill_parameters(
    calls: &Calls,
    cloud: &dyn Cloud,
    target: &Target,
    options: &PlanOptions,
) -> Result<Target, Error> {
    let mut target = target.clone();
    for source in list_sources(&target) {
        target.parameters.remove(&source.parameter);
    }
    let mut targets = [target];
    fill_parameters(calls, cloud, &mut targets, options).await?;
    let [target] = targets;
    Ok(target)
}

/// Returns the parameters whose output does not exist yet.
pub(crate) fn list_unfilled(target: &Target) -> Vec<ResolvedParameter> {
    let mut found = list_sources(target);
    found.retain(|source| !target.parameters.contains_key(&source.parameter));
    found
}

fn list_sources(target: &Target) -> Vec<ResolvedParameter> {
    read_resolved_parameters(target.stack.template.document())
}

fn source_location(target: &Target, source: &ResolvedParameter) -> StackLocation {
    let region = source.region.as_ref().unwrap_or(&target.region);
    (region.clone(), source.stack.clone())
}

fn find_output<'s>(stack: &'s StackDescription, name: &str) -> Option<&'s str> {
    let found = stack.outputs.iter().find(|output| output.name == name);
    found.map(|output| output.value.as_str())
}

/// Builds the error for a parameter that was given explicitly, since it must equal the output of another stack.
fn explicit_parameter_error(target: &Target, source: &ResolvedParameter) -> Error {
    let finding = Diagnostic::new(
        codes::WRONG_PARAMETER,
        format!(
            "parameter `{}` of stack `{}` is output `{}` of stack `{}` and accepts no other value",
            source.parameter, target.stack.name, source.output, source.stack
        ),
    )
    .path(target.stack.path.clone())
    .help("omit the parameter; it is set when the stack is planned");
    Error::new(Class::Error, finding)
}

/// Builds the error that names each output which a stack needs and no deployed stack has.
pub(crate) fn missing_outputs_error(target: &Target, missing: &[ResolvedParameter]) -> Error {
    let findings = missing.iter().map(|source| {
        let (region, stack) = source_location(target, source);
        Diagnostic::new(
            codes::WRONG_PARAMETER,
            format!(
                "stack `{}` reads output `{}` of stack `{stack}`, which does not exist in {region}",
                target.stack.name, source.output
            ),
        )
        .path(target.stack.path.clone())
        .help(format!("deploy `{stack}` first, or both with one command"))
    });
    let mut findings = findings.collect::<Vec<_>>().into_iter();
    let first = findings.next().unwrap_or_else(|| {
        Diagnostic::new(codes::WRONG_PARAMETER, "an output is missing".to_owned())
    });
    let mut error = Error::new(Class::Error, first);
    error.findings.extend(findings);
    error
}
