//! AWS Backup: vaults with locks, plans with rules, and selections of what they back up.
//!
//! A [`BackupPlan`] has [`BackupRule`]s and stores backups in a [`BackupVault`]; a [`BackupSelection`] names resources
//! and tags.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#backup).

mod imported;
mod lock;
mod metrics;
mod plan;
mod rule;
mod selection;
mod vault;

pub use imported::{
    AsBackupPlan, AsBackupVault, BackupPlanRef, BackupVaultRef, ImportedBackupPlan,
    ImportedBackupVault,
};
pub use lock::VaultLock;
pub use plan::{BackupPlan, BackupPlanBuilder, BackupPlanProps};
pub use rule::BackupRule;
pub use selection::{
    BackupSelection, BackupSelectionBuilder, BackupSelectionProps, RestorePermission,
};
pub use vault::{BackupVault, BackupVaultBuilder, BackupVaultProps, RecoveryPointDeletion};
