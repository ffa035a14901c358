//! Makes a plan, or shows the one that is there.

use std::sync::Arc;

use super::engine::{Engine, Planned, Work};
use super::options::PlanOptions;
use super::record::{PlanRecord, StackRecord, Step};
use super::target::targets;
use super::{Plan, manage, provisional, verify};
use crate::error::Error;
use crate::operation::Reporter;
use crate::watch::rfc3339;
use infra_aws::Cloud;
use infra_template::assembly::CloudAssembly;
use infra_template::review::Review;

pub(super) async fn plan(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: PlanOptions,
    reporter: Reporter,
) -> Result<Plan, Error> {
    let engine = Engine::new(Arc::clone(&cloud), options.clone(), reporter.clone());
    let targets = targets(&engine.calls, &*cloud, &assembly, &options).await?;
    match engine.plan(targets).await {
        Ok(planned) => {
            // They are meant to stay.
            options.pending.take();
            Ok(finished(&*cloud, &options, planned))
        }
        Err(error) => {
            // What could not be removed now goes with `plan prune`; the cause is what people need to see.
            let _ = manage::abandon(cloud, options.pending, reporter).await;
            Err(error)
        }
    }
}

pub(super) async fn show(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: PlanOptions,
    reporter: Reporter,
) -> Result<Plan, Error> {
    let engine = Engine::new(Arc::clone(&cloud), options.clone(), reporter);
    let targets = targets(&engine.calls, &*cloud, &assembly, &options).await?;
    let planned = verify::found(
        &engine,
        targets,
        &verify::Expected::Sources,
        verify::Depth::Review,
    )
    .await?;
    Ok(finished(&*cloud, &options, planned))
}

fn finished(cloud: &dyn Cloud, options: &PlanOptions, planned: Vec<Planned>) -> Plan {
    let mut record = PlanRecord::new(rfc3339(cloud.now()), &options.name_prefix);
    let mut review = Review::default();
    for plan in planned {
        record.stacks.push(StackRecord {
            path: plan.target.stack.path.clone(),
            stack: plan.target.stack.name.clone(),
            account: plan.target.account.clone(),
            region: plan.target.region.clone(),
            key: plan.target.key.clone(),
            parts: super::key::parts(&plan.target, options),
            step: match &plan.work {
                Work::Unchanged { .. } => Step::Unchanged,
                Work::Ready(ready) => Step::ChangeSet {
                    change_set: ready.id.clone(),
                    stack_id: ready.stack_id.clone(),
                    changes: ready.changes.clone(),
                    expires: rfc3339(ready.mark.expires),
                },
                Work::Later => Step::Provisional {
                    changes: provisional::digest(&plan.review),
                },
            },
        });
        review.stacks.push(plan.review);
    }
    Plan { review, record }
}
