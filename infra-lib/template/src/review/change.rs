//! Kinds of change in the terms of CloudFormation, shared by predictions and change sets.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::open_enum;

open_enum! {
    /// The action on a resource, as in the
    /// [`ResourceChange`](https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html) of a change set.
    Action {
        /// The resource is created.
        Add = "Add",
        /// The resource is updated in place or replaced.
        Modify = "Modify",
        /// The resource is removed from the stack; the policy action states whether it is deleted.
        Remove = "Remove",
        /// An existing resource is imported into the stack.
        Import = "Import",
        /// The action is determined during execution.
        Dynamic = "Dynamic",
        /// The actual state of the resource is adopted, which resolves its drift.
        SyncWithActual = "SyncWithActual",
    }
}

open_enum! {
    /// The action on the physical resource when it is removed or replaced.
    PolicyAction {
        /// The resource is deleted.
        Delete = "Delete",
        /// The resource is retained outside the stack.
        Retain = "Retain",
        /// The resource is deleted after a snapshot.
        Snapshot = "Snapshot",
        /// The resource is replaced, and the old one is deleted.
        ReplaceAndDelete = "ReplaceAndDelete",
        /// The resource is replaced, and the old one is retained outside the stack.
        ReplaceAndRetain = "ReplaceAndRetain",
        /// The resource is replaced, and the old one is deleted after a snapshot.
        ReplaceAndSnapshot = "ReplaceAndSnapshot",
    }
}

open_enum! {
    /// The effect of a property change on the resource: update in place, or replacement.
    #[derive(Default)]
    Recreation {
        /// The resource is updated in place.
        #[default]
        Never = "Never",
        /// The resource may be replaced, depending on values known during execution.
        Conditionally = "Conditionally",
        /// The resource is replaced.
        Always = "Always",
    }
}

/// The drift of a property: the live resource has another value than the deployed template.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PropertyDrift {
    /// Value in the deployed template. Absent if CloudFormation reports none.
    pub previous: Option<String>,
    /// Value of the live resource. Absent if CloudFormation reports none.
    pub actual: Option<String>,
}

impl PropertyDrift {
    /// Creates a drift from the deployed value and the actual value.
    pub fn new(previous: Option<String>, actual: Option<String>) -> Self {
        Self { previous, actual }
    }
}
