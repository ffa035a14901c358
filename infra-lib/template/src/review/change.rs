//! Kinds of change in the words of CloudFormation, shared by predictions and change sets.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::open_enum;

open_enum! {
    /// What is done to a resource.
    Action {
        /// Created.
        Add = "Add",
        /// Changed, perhaps by replacing it.
        Modify = "Modify",
        /// Taken out of the stack; the policy says what becomes of it.
        Remove = "Remove",
        /// Taken into the stack.
        Import = "Import",
        /// Not known before execution.
        Dynamic = "Dynamic",
        /// Its drift is taken over.
        SyncWithActual = "SyncWithActual",
    }
}

open_enum! {
    /// What becomes of the physical resource.
    PolicyAction {
        /// It is deleted.
        Delete = "Delete",
        /// It stays, outside the stack.
        Retain = "Retain",
        /// It is deleted after a snapshot.
        Snapshot = "Snapshot",
        /// It is replaced, and the old one deleted.
        ReplaceAndDelete = "ReplaceAndDelete",
        /// It is replaced, and the old one stays.
        ReplaceAndRetain = "ReplaceAndRetain",
        /// It is replaced, and the old one deleted after a snapshot.
        ReplaceAndSnapshot = "ReplaceAndSnapshot",
    }
}

open_enum! {
    /// Whether changing a property replaces the resource.
    #[derive(Default)]
    Recreation {
        /// It does not.
        #[default]
        Never = "Never",
        /// It may.
        Conditionally = "Conditionally",
        /// It does.
        Always = "Always",
    }
}

/// A property of a live resource that is not what was deployed.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PropertyDrift {
    /// What was deployed.
    pub previous: Option<String>,
    /// What is there.
    pub actual: Option<String>,
}

impl PropertyDrift {
    /// The value that was deployed, and the one that the live resource has.
    pub fn new(previous: Option<String>, actual: Option<String>) -> Self {
        Self { previous, actual }
    }
}
