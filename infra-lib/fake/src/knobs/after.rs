//! What a test looks at afterwards.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value as JsonValue;

use super::super::clock::START;
use super::super::stacks::Stack;
use super::super::{Call, FakeCloud, Fault, REGION};
use infra_aws::{ChangeSetSummary, PutObject, StackDescription, StackEvent};

/// What became of it.
impl FakeCloud {
    /// The operations that were called, in order.
    pub fn calls(&self) -> Vec<String> {
        let world = self.world();
        world
            .calls
            .iter()
            .map(|call| call.operation.clone())
            .collect()
    }

    /// The operations that change something and that arrived, in order.
    pub fn writes(&self) -> Vec<String> {
        let world = self.world();
        let arrived =
            |call: &&Call| call.write && matches!(call.fault, None | Some(Fault::ReplyLost));
        let writes = world.calls.iter().filter(arrived);
        writes.map(|call| call.operation.clone()).collect()
    }

    /// Every call with what it was about.
    pub fn call_log(&self) -> Vec<Call> {
        self.world().calls.clone()
    }

    /// Time since the start.
    pub fn elapsed(&self) -> Duration {
        let since = self.world().now() - START;
        since.try_into().unwrap_or_default()
    }

    /// Where a stack of that name or ARN stands; `None` when there is none.
    pub fn status(&self, stack: &str) -> Option<String> {
        self.stack(stack)
            .map(|stack| stack.status.as_str().to_owned())
    }

    /// A stack in the default region, as AWS describes it.
    pub fn stack(&self, stack: &str) -> Option<StackDescription> {
        let mut world = self.world();
        world.now();
        world.state.find(REGION, stack).map(Stack::describe)
    }

    /// The resources of a stack, by logical ID, with their physical IDs.
    pub fn live(&self, stack: &str) -> BTreeMap<String, String> {
        let mut world = self.world();
        world.now();
        let resources = world
            .state
            .find(REGION, stack)
            .map(|stack| stack.resources.clone());
        let resources = resources.unwrap_or_default().into_iter();
        resources
            .filter_map(|(id, resource)| Some((id, resource.physical_id?)))
            .collect()
    }

    /// A property of a deployed resource, by pointer.
    pub fn property(&self, stack: &str, logical_id: &str, pointer: &str) -> Option<JsonValue> {
        let mut world = self.world();
        world.now();
        let resource = world.state.find(REGION, stack)?.resources.get(logical_id)?;
        JsonValue::Object(resource.properties.clone())
            .pointer(pointer)
            .cloned()
    }

    /// The events of a stack, oldest first.
    pub fn stack_events(&self, stack: &str) -> Vec<StackEvent> {
        let mut world = self.world();
        world.now();
        let found = world.state.find(REGION, stack);
        found.map(|stack| stack.events.clone()).unwrap_or_default()
    }

    /// The change sets of a stack in the default region.
    pub fn change_sets(&self, stack: &str) -> Vec<ChangeSetSummary> {
        let mut world = self.world();
        world.now();
        world
            .state
            .list_change_sets(REGION, stack)
            .unwrap_or_default()
    }

    /// The objects of a bucket, by key, as they were uploaded.
    pub fn objects(&self, bucket: &str) -> BTreeMap<String, PutObject> {
        self.world()
            .state
            .buckets
            .get(bucket)
            .cloned()
            .unwrap_or_default()
    }

    /// The paths of every invalidation.
    pub fn invalidations(&self) -> Vec<Vec<String>> {
        let world = self.world();
        world
            .state
            .invalidations
            .values()
            .map(|(paths, _)| paths.clone())
            .collect()
    }
}
