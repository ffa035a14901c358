//! Creates a plan, or shows an existing one.

use std::sync::Arc;

use super::engine::{Engine, Planned, PlannedApp, Work};
use super::options::{DriftCheck, PlanOptions, Purpose};
use super::record::{PlanRecord, StackRecord, Step};
use super::target::{Target, publish_assets, resolve_targets};
use super::verify::Expected;
use super::{Plan, artifacts, drift, manage, provisional, verify};
use crate::assets::MissingAsset;
use crate::error::Error;
use crate::operation::Reporter;
use crate::watch::format_rfc3339;
use infra_aws::Cloud;
use infra_template::assembly::CloudAssembly;
use infra_template::digest::Digest;
use infra_template::review::Review;

pub(super) async fn create_plan(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: PlanOptions,
    reporter: Reporter,
) -> Result<Plan, Error> {
    let digest = artifacts::assembly_digest(&assembly)?;
    let engine = Engine::new(
        Arc::clone(&cloud),
        options.clone(),
        &assembly,
        reporter.clone(),
    );
    let targets = resolve_targets(&engine.calls, &cloud, &assembly, &options).await?;
    let absent = if options.allow_unpublished {
        MissingAsset::AllowInPlan
    } else if options.no_publish {
        MissingAsset::RejectInPlan
    } else {
        MissingAsset::Publish
    };
    publish_assets(&cloud, &targets, &options, absent, &engine.calls.reporter).await?;
    match engine.plan_stacks(targets, &assembly).await {
        Ok(PlannedApp {
            mut stacks,
            orphaned: left,
        }) => {
            // The change sets are meant to remain.
            options.pending.take_all();
            detect_drift(&engine, &mut stacks).await;
            let mut plan = build_plan(&*cloud, digest, &options, stacks);
            plan.review.left = left;
            Ok(plan)
        }
        Err(error) => {
            // Change sets that cannot be removed now are left to `plan prune`; the user needs to see the original error.
            let _ = manage::abandon_pending(cloud, options.pending, reporter).await;
            Err(error)
        }
    }
}

pub(super) async fn load_plan(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    mut options: PlanOptions,
    record: Option<PlanRecord>,
    reporter: Reporter,
) -> Result<Plan, Error> {
    if let Some(record) = &record {
        record.apply_to_options(&mut options);
    }
    let engine = Engine::new(Arc::clone(&cloud), options.clone(), &assembly, reporter);
    let targets = resolve_targets(&engine.calls, &cloud, &assembly, &options).await?;
    let expected = match &record {
        Some(record) => Expected::Record(record),
        None => Expected::Sources,
    };
    let mut planned =
        verify::find_plans(&engine, targets, &expected, verify::Depth::Review).await?;
    let Some(record) = record else {
        detect_drift(&engine, &mut planned).await;
        let digest = artifacts::assembly_digest(&assembly)?;
        return Ok(build_plan(&*cloud, digest, &options, planned));
    };
    let chosen: Vec<&Target> = planned.iter().map(|plan| &plan.target).collect();
    artifacts::check_assembly(&record, &assembly, &chosen)?;
    let stacks = planned.into_iter().map(|plan| plan.review).collect();
    Ok(Plan {
        review: Review::new(stacks),
        record,
    })
}

/// Detects drift for a plan file; plans that are only read do not wait for it.
async fn detect_drift(engine: &Engine, planned: &mut [Planned]) {
    let options = &engine.options;
    if options.purpose == Purpose::Record && options.drift_check == DriftCheck::SincePlan {
        drift::record_drift(engine, planned).await;
    }
}

fn build_plan(
    cloud: &dyn Cloud,
    digest: Digest,
    options: &PlanOptions,
    planned: Vec<Planned>,
) -> Plan {
    let mut record = PlanRecord::new(
        format_rfc3339(cloud.current_time()),
        &options.name_prefix,
        digest,
    );
    let targets: Vec<&Target> = planned.iter().map(|plan| &plan.target).collect();
    record.images = artifacts::list_images(&targets);
    let mut review = Review::default();
    for plan in planned {
        record.stacks.push(StackRecord {
            path: plan.target.stack.path.clone(),
            stack: plan.target.stack.name.clone(),
            account: plan.target.account.clone(),
            region: plan.target.region.clone(),
            key: plan.target.key.clone(),
            parts: super::key::digest_parts(&plan.target, options),
            drift: plan.drift,
            step: match &plan.work {
                Work::Unchanged { .. } => Step::Unchanged,
                Work::Ready(ready) => Step::ChangeSet {
                    change_set: ready.id.clone(),
                    stack_id: ready.stack_id.clone(),
                    changes: ready.changes.clone(),
                    fields: ready.fields.clone(),
                    expires: format_rfc3339(ready.mark.expires),
                },
                Work::Provisional => Step::Provisional {
                    changes: provisional::digest_review(&plan.review),
                },
            },
        });
        review.stacks.push(plan.review);
    }
    Plan { review, record }
}
