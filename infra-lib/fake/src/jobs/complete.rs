//! Completes jobs, successfully or with a failure.

use time::OffsetDateTime;

use super::super::evaluate::reads_output;
use super::super::execution::{Work, set_resource_status};
use super::super::nested::NESTED;
use super::super::script::FailurePhase;
use super::super::stacks::Stack;
use super::super::world::State;
use super::add_retired_event;
use infra_template::Template;

/// Number of `Fn::GetStackOutput` calls in one template at which a public report observed throttling.
const THROTTLED_OUTPUT_READS: usize = 75;

impl State {
    pub(super) fn complete_job(
        &mut self,
        stack: &mut Stack,
        id: &str,
        work: Work,
        replaces: bool,
        at: OffsetDateTime,
    ) {
        let (during, verb) = match work {
            Work::Create => (FailurePhase::Create, "CREATE"),
            Work::Change if replaces => (FailurePhase::Create, "UPDATE"),
            Work::Change => (FailurePhase::Update, "UPDATE"),
            Work::Import => (FailurePhase::Create, "IMPORT"),
            Work::Restore | Work::CleanUpNested => (FailurePhase::Rollback, "UPDATE"),
            Work::Remove | Work::Retire => (FailurePhase::Delete, "DELETE"),
        };
        if work == Work::CleanUpNested {
            return;
        }
        let reason = self
            .script
            .take_failure(id, during)
            .or_else(|| self.find_service_rejection(stack, id, work))
            .or_else(|| Self::find_read_throttling(stack, id, work));
        if let Some(reason) = reason {
            let forced = stack.execution.as_ref().is_some_and(|execution| {
                execution.force && matches!(work, Work::Restore | Work::Remove)
            });
            if let Some(execution) = &mut stack.execution
                && !forced
            {
                execution.failed.push(id.to_owned());
            }
            let status = format!("{verb}_FAILED");
            if matches!(work, Work::Remove | Work::Retire) {
                add_retired_event(stack, id, work, at, &status, Some(reason));
                if forced {
                    stack.resources.remove(id);
                }
            } else {
                set_resource_status(stack, id, &status, Some(reason.clone()));
                stack.add_event(at, Some(id), &status, Some(reason));
            }
            return;
        }
        let status = format!("{verb}_COMPLETE");
        match work {
            Work::CleanUpNested => return,
            Work::Create => set_resource_status(stack, id, &status, None),
            Work::Import | Work::Change => {
                let target = stack.execution.as_ref().map(|e| e.target.template.clone());
                let target = Template::parse(&target.unwrap_or_default());
                let target = target.unwrap_or_else(|_| Template::empty());
                let entry = target
                    .find_resource(id)
                    .map(|r| r.entry.clone())
                    .unwrap_or_default();
                let properties = self
                    .current_scope(stack, &target)
                    .evaluate_properties(&entry)
                    .unwrap_or_default();
                if let Some(resource) = stack.resources.get_mut(id) {
                    resource.properties = properties;
                    resource.entry = entry;
                    resource.drift.clear();
                }
                set_resource_status(stack, id, &status, None);
            }
            Work::Restore => {
                let execution = stack.execution.as_mut();
                let before = execution.and_then(|e| e.before.resources.get(id).cloned());
                if let Some(before) = before {
                    let new = stack.resources.insert(id.to_owned(), before.clone());
                    let successor = new.filter(|new| new.physical_id != before.physical_id);
                    if let Some(execution) = &mut stack.execution {
                        execution.retired.remove(id);
                        if let Some(new) = successor {
                            execution.retired.insert(id.to_owned(), new);
                        }
                    }
                    self.restore_ecs_service(stack, id, at);
                }
                set_resource_status(stack, id, &status, None);
            }
            Work::Remove => {
                add_retired_event(stack, id, work, at, &status, None);
                if let Some(gone) = stack.resources.remove(id) {
                    self.remove_physical_resource(&gone);
                }
                return;
            }
            Work::Retire => {
                add_retired_event(stack, id, work, at, &status, None);
                let gone = stack.execution.as_mut().and_then(|e| e.retired.remove(id));
                if let Some(gone) = gone {
                    self.remove_physical_resource(&gone);
                }
                return;
            }
        }
        stack.add_event(at, Some(id), &status, None);
    }

    /// Returns the failure of a resource that reads outputs of other stacks, if the template has more such reads than AWS can process.
    ///
    /// CloudFormation makes one call for each occurrence, even for the same output, and its own calls are throttled.
    fn find_read_throttling(stack: &Stack, id: &str, work: Work) -> Option<String> {
        let target = &stack.execution.as_ref()?.target.template;
        let reads = target.matches("Fn::GetStackOutput").count();
        let resource = stack.resources.get(id)?;
        let reads_here = resource.entry.values().any(reads_output);
        let throttled = matches!(work, Work::Create | Work::Change)
            && reads >= THROTTLED_OUTPUT_READS
            && reads_here;
        throttled.then(|| {
            "Rate exceeded (Service: CloudFormation, Status Code: 400, Request ID: 1TEST2)"
                .to_owned()
        })
    }

    /// Returns the reason why the service of a resource rejects the work, if it does.
    fn find_service_rejection(&self, stack: &Stack, id: &str, work: Work) -> Option<String> {
        let resource = match work {
            Work::Retire => stack.execution.as_ref()?.retired.get(id)?,
            _ => stack.resources.get(id)?,
        };
        if resource.type_name == NESTED {
            return self.embedded_failure(stack, id, work);
        }
        match (&*resource.type_name, work) {
            ("AWS::S3::Bucket", Work::Remove | Work::Retire) => {
                let bucket = self.buckets.get(resource.physical_id.as_deref()?)?;
                (!bucket.is_empty()).then(|| {
                    "Resource handler returned message: \"The bucket you tried to delete is not empty (Service: S3, Status Code: 409, Request ID: 1TEST2)\" (RequestToken: 00000000-0000-0000-0000-000000000000, HandlerErrorCode: GeneralServiceException)".to_owned()
                })
            }
            ("AWS::ECS::Service", Work::Create | Work::Change) => {
                self.script.unhealthy.get(id).map(|_| {
                    "Resource handler returned message: \"Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.\" (RequestToken: 00000000-0000-0000-0000-000000000000, HandlerErrorCode: GeneralServiceException)".to_owned()
                })
            }
            _ => None,
        }
    }
}
