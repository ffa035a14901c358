//! The schema of the notes service, as steps from one version to the next.
