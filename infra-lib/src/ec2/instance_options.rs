//! Options of instances with two values.

/// Access to a shell of an instance by Session Manager.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum SessionManager {
    /// Users with permission open sessions through AWS, without SSH, open ports or keys. The role gets the managed policy
    /// `AmazonSSMManagedInstanceCore`.
    #[default]
    Enabled,
    /// Session Manager has no access.
    Disabled,
}

/// Interval of the metrics of an instance.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum DetailedMonitoring {
    /// Metrics every minute, at the price of custom metrics.
    Enabled,
    /// Metrics every 5 minutes, free of charge.
    #[default]
    Disabled,
}

/// Termination protection of an instance.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum TerminationProtection {
    /// EC2 refuses to terminate the instance until the protection is removed. A replacement of the instance by
    /// CloudFormation fails as well.
    Enabled,
    /// EC2 terminates the instance on request.
    #[default]
    Disabled,
}
