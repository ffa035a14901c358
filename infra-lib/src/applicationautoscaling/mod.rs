//! Application Auto Scaling: targets and policies that change a count with the load.
