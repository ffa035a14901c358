//! Options of volumes with two values.

/// Number of instances that use a volume at the same time.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum MultiAttach {
    /// Several Nitro instances of one Availability Zone. Only a file system for clusters keeps its data consistent.
    Enabled,
    /// One instance.
    #[default]
    Disabled,
}

/// Reads and writes of a volume after EBS found that its data may be inconsistent.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum AutoEnableIo {
    /// The volume remains in use.
    Enabled,
    /// The volume is disabled until you enable it, so that its data can be checked.
    #[default]
    Disabled,
}
