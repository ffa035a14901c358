//! Stack refactors, which change the logical ID or stack of resources without modifying the resources.

/// The location of a resource before or after a stack refactor: a logical ID in a stack.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub struct ResourceLocation {
    /// Name of the stack that contains the resource, in the region of the request.
    pub stack: String,
    /// Logical ID of the resource in the template of the stack, before or after the move.
    pub logical_id: String,
}

impl ResourceLocation {
    /// Creates a location from the name of a stack and a logical ID in it.
    pub fn new(stack: impl Into<String>, logical_id: impl Into<String>) -> Self {
        Self {
            stack: stack.into(),
            logical_id: logical_id.into(),
        }
    }
}

/// A move of a resource to another logical ID or stack, which keeps the physical resource.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub struct ResourceMove {
    /// Current location of the resource, which must exist in a deployed stack.
    pub from: ResourceLocation,
    /// New location of the resource, which no other resource may have.
    pub to: ResourceLocation,
}

impl ResourceMove {
    /// Creates a move of a resource from its current location to a new one.
    pub fn new(from: ResourceLocation, to: ResourceLocation) -> Self {
        Self { from, to }
    }
}

/// A `CreateStackRefactor` request, which contains all moves and the templates of all affected stacks.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct CreateRefactor {
    /// Description for display in the console and in lists of stack refactors.
    pub description: String,
    /// `true` to create stacks in `templates` that do not exist (`EnableStackCreation`). Default: `false`.
    #[builder(default)]
    pub create_stacks: bool,
    /// Moves of resources within and between the stacks in `templates`. Other resources keep their locations.
    pub moves: Vec<ResourceMove>,
    /// Names of the stacks with their templates after the moves. The templates must not differ from the deployed ones otherwise.
    pub templates: Vec<(String, String)>,
}

/// The progress of a stack refactor, which is created first and executed later.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct RefactorDescription {
    /// Creation status: `CREATE_COMPLETE`, `CREATE_FAILED`, … The refactor can be executed once it is complete.
    pub status: String,
    /// Reason for the creation status, for example of a failure, or `None` if CloudFormation provides none.
    pub reason: Option<String>,
    /// Execution status: `AVAILABLE`, `EXECUTE_IN_PROGRESS`, `EXECUTE_COMPLETE`, `ROLLBACK_COMPLETE`, …
    pub execution_status: String,
    /// Reason for the execution status, for example of a rollback, or `None` if CloudFormation provides none.
    pub execution_reason: Option<String>,
    /// ARNs of the stacks that the refactor changes, as sources or destinations of moves.
    #[builder(default)]
    pub stack_ids: Vec<String>,
}

/// An action of a stack refactor, as computed by CloudFormation: a move of a resource, or the creation of a stack.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct RefactorAction {
    /// Kind of the action: `MOVE` for a resource, or `CREATE` for a new stack.
    pub action: String,
    /// Object of the action: `RESOURCE` for a move, or `STACK` for a creation.
    pub entity: String,
    /// Physical ID of the resource, which the action does not change, or `None` for a stack.
    pub physical_id: Option<String>,
    /// Locations of the resource before and after the move, if the action moves one.
    pub movement: Option<ResourceMove>,
    /// Description of the action by CloudFormation, for display, if it provides one.
    pub description: Option<String>,
}
