//! Stack refactors, which change the logical ID or stack of resources without modifying the resources.

/// The location of a resource: a logical ID in a stack.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub struct ResourceLocation {
    /// Name of the stack.
    pub stack: String,
    /// Logical ID of the resource in the stack.
    pub logical_id: String,
}

impl ResourceLocation {
    /// Creates a location from a stack name and a logical ID.
    pub fn new(stack: impl Into<String>, logical_id: impl Into<String>) -> Self {
        Self {
            stack: stack.into(),
            logical_id: logical_id.into(),
        }
    }
}

/// A move of a resource to another logical ID or stack.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub struct ResourceMove {
    /// Current location.
    pub from: ResourceLocation,
    /// New location.
    pub to: ResourceLocation,
}

impl ResourceMove {
    /// Creates a move between two locations.
    pub fn new(from: ResourceLocation, to: ResourceLocation) -> Self {
        Self { from, to }
    }
}

/// A `CreateStackRefactor` request.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct CreateRefactor {
    /// Description for display.
    pub description: String,
    /// `true` to create stacks that do not exist.
    #[builder(default)]
    pub create_stacks: bool,
    /// Moves to make.
    pub moves: Vec<ResourceMove>,
    /// Names of the stacks with their templates after the moves. The templates must not differ from the deployed ones otherwise.
    pub templates: Vec<(String, String)>,
}

/// The progress of a stack refactor.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct RefactorDescription {
    /// Creation status: `CREATE_COMPLETE`, `CREATE_FAILED`, …
    pub status: String,
    /// Reason for the creation status.
    pub reason: Option<String>,
    /// Execution status: `AVAILABLE`, `EXECUTE_IN_PROGRESS`, `EXECUTE_COMPLETE`, `ROLLBACK_COMPLETE`, …
    pub execution_status: String,
    /// Reason for the execution status.
    pub execution_reason: Option<String>,
    /// ARNs of the stacks.
    #[builder(default)]
    pub stack_ids: Vec<String>,
}

/// An action of a stack refactor.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct RefactorAction {
    /// Kind of the action: `MOVE` or `CREATE`.
    pub action: String,
    /// Object of the action: `RESOURCE` or `STACK`.
    pub entity: String,
    /// Physical ID of the resource.
    pub physical_id: Option<String>,
    /// Move of a resource, if the action is one.
    pub movement: Option<ResourceMove>,
    /// Description by CloudFormation.
    pub description: Option<String>,
}
