//! Observations of the fake after a test.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value as JsonValue;

use super::super::clock::START;
use super::super::stacks::Stack;
use super::super::{Call, FakeCloud, Fault, REGION};
use infra_aws::{ChangeSetSummary, PutObject, StackDescription, StackEvent};

/// Observations after a test: calls, stacks and objects.
impl FakeCloud {
    /// Returns the names of all called operations in the order of the calls, failed ones included.
    pub fn called_operations(&self) -> Vec<String> {
        let world = self.lock_world();
        world
            .calls
            .iter()
            .map(|call| call.operation.clone())
            .collect()
    }

    /// Returns the names of the called operations that change something and took effect, in order.
    pub fn write_operations(&self) -> Vec<String> {
        let world = self.lock_world();
        let arrived =
            |call: &&Call| call.write && matches!(call.fault, None | Some(Fault::ReplyLost));
        let writes = world.calls.iter().filter(arrived);
        writes.map(|call| call.operation.clone()).collect()
    }

    /// Returns all calls with their targets, times, roles and faults.
    pub fn call_log(&self) -> Vec<Call> {
        self.lock_world().calls.clone()
    }

    /// Returns the time that has passed on the clock of the fake since [`START`].
    pub fn elapsed_time(&self) -> Duration {
        let since = self.lock_world().advance_to_now() - START;
        since.try_into().unwrap_or_default()
    }

    /// Returns the status of a stack in the default region, by name or ARN; `None` if it does not exist.
    pub fn stack_status(&self, stack: &str) -> Option<String> {
        self.describe_stack(stack)
            .map(|stack| stack.status.as_str().to_owned())
    }

    /// Describes a stack in the default region, by name or ARN, as `DescribeStacks` would.
    pub fn describe_stack(&self, stack: &str) -> Option<StackDescription> {
        let mut world = self.lock_world();
        world.advance_to_now();
        world
            .state
            .find_stack(REGION, stack)
            .map(Stack::to_description)
    }

    /// Returns the physical IDs of the existing resources of a stack, by logical ID.
    pub fn live_resources(&self, stack: &str) -> BTreeMap<String, String> {
        let mut world = self.lock_world();
        world.advance_to_now();
        let resources = world
            .state
            .find_stack(REGION, stack)
            .map(|stack| stack.resources.clone());
        let resources = resources.unwrap_or_default().into_iter();
        resources
            .filter_map(|(id, resource)| Some((id, resource.physical_id?)))
            .collect()
    }

    /// Returns the value of a deployed resource's property, selected by a JSON pointer such as `/DelaySeconds`.
    pub fn resource_property(
        &self,
        stack: &str,
        logical_id: &str,
        pointer: &str,
    ) -> Option<JsonValue> {
        let mut world = self.lock_world();
        world.advance_to_now();
        let resource = world
            .state
            .find_stack(REGION, stack)?
            .resources
            .get(logical_id)?;
        JsonValue::Object(resource.properties.clone())
            .pointer(pointer)
            .cloned()
    }

    /// Returns all events of a stack in the default region, oldest first.
    pub fn stack_events(&self, stack: &str) -> Vec<StackEvent> {
        let mut world = self.lock_world();
        world.advance_to_now();
        let found = world.state.find_stack(REGION, stack);
        found.map(|stack| stack.events.clone()).unwrap_or_default()
    }

    /// Returns the change sets of a stack in the default region, including failed ones.
    pub fn change_sets(&self, stack: &str) -> Vec<ChangeSetSummary> {
        let mut world = self.lock_world();
        world.advance_to_now();
        world
            .state
            .list_change_sets(REGION, stack)
            .unwrap_or_default()
    }

    /// Returns the objects of a bucket as they were uploaded, by key; empty if the bucket does not exist.
    pub fn bucket_objects(&self, bucket: &str) -> BTreeMap<String, PutObject> {
        let world = self.lock_world();
        let objects = world.state.buckets.get(bucket).into_iter().flatten();
        objects
            .map(|(key, object)| (key.clone(), object.upload.clone()))
            .collect()
    }

    /// Returns the paths of every CloudFront invalidation that was created, without those of repeated requests.
    pub fn invalidated_paths(&self) -> Vec<Vec<String>> {
        let world = self.lock_world();
        world
            .state
            .invalidations
            .values()
            .map(|(paths, _)| paths.clone())
            .collect()
    }
}
