//! Simulates stack refactoring, in which resources change their logical ID or stack without being modified.

use std::collections::BTreeSet;

use time::OffsetDateTime;

use super::change_sets::cloudformation_error;
use super::names;
use super::world::State;
use infra_aws::{ApiError, CreateRefactor, RefactorAction, RefactorDescription};
use infra_template::Template;

/// A stack refactoring that was requested.
#[derive(Clone, Debug)]
pub(super) struct Refactor {
    request: CreateRefactor,
    region: String,
    reason: Option<String>,
    executed: bool,
}

impl State {
    pub(super) fn create_refactor(&mut self, region: &str, request: CreateRefactor) -> String {
        let number = self.next_number();
        let id = names::derive_uuid(&format!("refactor {number}"));
        let reason = self.find_refactor_problem(region, &request);
        let refactor = Refactor {
            request,
            region: region.to_owned(),
            reason,
            executed: false,
        };
        self.refactors.insert(id.clone(), refactor);
        id
    }

    /// Returns the reason why a refactoring is not possible: a location does not exist, or a template changes more than locations.
    fn find_refactor_problem(&self, region: &str, request: &CreateRefactor) -> Option<String> {
        let mut stacks = BTreeSet::new();
        for movement in &request.moves {
            let Some(stack) = self.find_stack(region, &movement.from.stack) else {
                return Some(format!("Stack {} does not exist", movement.from.stack));
            };
            stacks.insert(stack.id.clone());
            if !stack.resources.contains_key(&movement.from.logical_id) {
                return Some(format!(
                    "Resource {} does not exist in stack {}",
                    movement.from.logical_id, movement.from.stack
                ));
            }
            if self.find_stack(region, &movement.to.stack).is_none() && !request.create_stacks {
                return Some(format!("Stack {} does not exist", movement.to.stack));
            }
        }
        for (name, text) in &request.templates {
            let Ok(template) = Template::parse(text) else {
                return Some(format!("Template of stack {name} is not valid"));
            };
            for resource in template.resources() {
                let moved = request.moves.iter().find(|movement| {
                    movement.to.stack == *name && movement.to.logical_id == resource.logical_id
                });
                let (stack, id) = match moved {
                    Some(movement) => (&*movement.from.stack, &*movement.from.logical_id),
                    None => (&**name, resource.logical_id),
                };
                let known = self
                    .find_stack(region, stack)
                    .and_then(|stack| stack.resources.get(id));
                match known {
                    None => {
                        return Some(format!(
                            "Resource {} is new in stack {name}",
                            resource.logical_id
                        ));
                    }
                    Some(known) if known.type_name != resource.type_name => {
                        return Some(format!("Resource {} changes its type", resource.logical_id));
                    }
                    Some(_) => {}
                }
            }
        }
        None
    }

    fn find_refactor(&self, operation: &'static str, id: &str) -> Result<&Refactor, ApiError> {
        self.refactors.get(id).ok_or_else(|| {
            cloudformation_error(
                operation,
                "StackRefactorNotFoundException",
                format!("Stack refactor [{id}] does not exist"),
            )
        })
    }

    pub(super) fn describe_refactor(&self, id: &str) -> Result<RefactorDescription, ApiError> {
        let refactor = self.find_refactor("DescribeStackRefactor", id)?;
        let failed = refactor.reason.is_some();
        let stacks = refactor.request.templates.iter();
        Ok(RefactorDescription::builder()
            .status(
                if failed {
                    "CREATE_FAILED"
                } else {
                    "CREATE_COMPLETE"
                }
                .to_owned(),
            )
            .maybe_reason(refactor.reason.clone())
            .execution_status(
                if failed {
                    "UNAVAILABLE"
                } else if refactor.executed {
                    "EXECUTE_COMPLETE"
                } else {
                    "AVAILABLE"
                }
                .to_owned(),
            )
            .stack_ids(
                stacks
                    .filter_map(|(name, _)| self.find_id(&refactor.region, name))
                    .collect(),
            )
            .build())
    }

    pub(super) fn refactor_actions(&self, id: &str) -> Result<Vec<RefactorAction>, ApiError> {
        let refactor = self.find_refactor("ListStackRefactorActions", id)?;
        let moves = refactor.request.moves.iter();
        Ok(moves
            .map(|movement| {
                RefactorAction::builder()
                    .action("MOVE")
                    .entity("RESOURCE")
                    .maybe_physical_id(
                        self.find_stack(&refactor.region, &movement.from.stack)
                            .and_then(|stack| stack.resources.get(&movement.from.logical_id))
                            .and_then(|resource| resource.physical_id.clone()),
                    )
                    .movement(movement.clone())
                    .build()
            })
            .collect())
    }

    pub(super) fn execute_refactor(
        &mut self,
        id: &str,
        now: OffsetDateTime,
    ) -> Result<(), ApiError> {
        let refactor = self.find_refactor("ExecuteStackRefactor", id)?.clone();
        if refactor.reason.is_some() || refactor.executed {
            return Err(cloudformation_error(
                "ExecuteStackRefactor",
                "ValidationError",
                format!("Stack refactor [{id}] cannot be executed in its current status"),
            ));
        }
        let region = &refactor.region;
        let mut taken = Vec::new();
        for movement in &refactor.request.moves {
            let from = self.find_id(region, &movement.from.stack);
            let resource = from.and_then(|id| {
                let stack = self.stacks.get_mut(&id)?;
                stack.resources.remove(&movement.from.logical_id)
            });
            taken.push((movement.to.clone(), resource));
        }
        for (to, resource) in taken {
            let stack = self
                .find_id(region, &to.stack)
                .and_then(|id| self.stacks.get_mut(&id));
            if let (Some(stack), Some(resource)) = (stack, resource) {
                stack.resources.insert(to.logical_id, resource);
            }
        }
        for (name, text) in &refactor.request.templates {
            let stack = self
                .find_id(region, name)
                .and_then(|id| self.stacks.get_mut(&id));
            let Some(stack) = stack else {
                continue;
            };
            stack.deployed.template.clone_from(text);
            let template = stack.parse_template();
            for resource in template.resources() {
                if let Some(known) = stack.resources.get_mut(resource.logical_id) {
                    known.entry.clone_from(resource.entry);
                }
            }
            stack.set_status(
                now,
                "UPDATE_COMPLETE",
                Some("Stack refactor completed".to_owned()),
            );
        }
        if let Some(refactor) = self.refactors.get_mut(id) {
            refactor.executed = true;
        }
        Ok(())
    }
}
