//! Stack refactoring: resources change their logical ID or stack without being touched.

/// Where a resource is.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub struct ResourceLocation {
    /// The name of the stack.
    pub stack: String,
    /// The logical ID.
    pub logical_id: String,
}

impl ResourceLocation {
    /// A logical ID in a stack.
    pub fn new(stack: impl Into<String>, logical_id: impl Into<String>) -> Self {
        Self {
            stack: stack.into(),
            logical_id: logical_id.into(),
        }
    }
}

/// A resource that gets another logical ID or stack.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub struct ResourceMove {
    /// Where it is.
    pub from: ResourceLocation,
    /// Where it will be.
    pub to: ResourceLocation,
}

impl ResourceMove {
    /// A move between two places.
    pub fn new(from: ResourceLocation, to: ResourceLocation) -> Self {
        Self { from, to }
    }
}

/// What `CreateStackRefactor` is asked for.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct CreateRefactor {
    /// What people read.
    pub description: String,
    /// Whether stacks that do not exist are created.
    #[builder(default)]
    pub create_stacks: bool,
    /// The moves.
    pub moves: Vec<ResourceMove>,
    /// Each stack with its template after the moves; nothing else may differ from what is deployed.
    pub templates: Vec<(String, String)>,
}

/// Where a refactoring stands.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct RefactorDescription {
    /// `CREATE_COMPLETE`, `CREATE_FAILED`, …
    pub status: String,
    /// Why.
    pub reason: Option<String>,
    /// `AVAILABLE`, `EXECUTE_IN_PROGRESS`, `EXECUTE_COMPLETE`, `ROLLBACK_COMPLETE`, …
    pub execution_status: String,
    /// Why.
    pub execution_reason: Option<String>,
    /// The ARNs of the stacks.
    #[builder(default)]
    pub stack_ids: Vec<String>,
}

/// A step of a refactoring.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct RefactorAction {
    /// `MOVE` or `CREATE`.
    pub action: String,
    /// `RESOURCE` or `STACK`.
    pub entity: String,
    /// The name in AWS.
    pub physical_id: Option<String>,
    /// What is moved, and where.
    pub movement: Option<ResourceMove>,
    /// In words.
    pub description: Option<String>,
}
