//! CloudWatch metrics of vaults.

use super::{BackupVault, ImportedBackupVault};
use crate::cloudwatch::metrics;

metrics! {
    const VAULT: "https://docs.aws.amazon.com/aws-backup/latest/devguide/cloudwatch.html" for BackupVault<'_>, ImportedBackupVault<'_> => {
        /// Returns the number of backup jobs that were created.
        metric_backup_jobs_created = "NumberOfBackupJobsCreated", Sum, Count;
        /// Returns the number of backup jobs that are about to run.
        metric_backup_jobs_pending = "NumberOfBackupJobsPending", Sum, Count;
        /// Returns the number of backup jobs that run.
        metric_backup_jobs_running = "NumberOfBackupJobsRunning", Sum, Count;
        /// Returns the number of backup jobs that were canceled.
        metric_backup_jobs_aborted = "NumberOfBackupJobsAborted", Sum, Count;
        /// Returns the number of backup jobs that finished.
        metric_backup_jobs_completed = "NumberOfBackupJobsCompleted", Sum, Count;
        /// Returns the number of backup jobs that failed.
        metric_backup_jobs_failed = "NumberOfBackupJobsFailed", Sum, Count;
        /// Returns the number of backup jobs that could not start within their window.
        metric_backup_jobs_expired = "NumberOfBackupJobsExpired", Sum, Count;
        /// Returns the number of backups that were created.
        metric_recovery_points_completed = "NumberOfRecoveryPointsCompleted", Sum, Count;
        /// Returns the number of backups whose creation failed or was canceled.
        metric_recovery_points_partial = "NumberOfRecoveryPointsPartial", Sum, Count;
        /// Returns the number of backups that expired and could not be deleted.
        metric_recovery_points_expired = "NumberOfRecoveryPointsExpired", Sum, Count;
        /// Returns the number of backups that are being deleted.
        metric_recovery_points_deleting = "NumberOfRecoveryPointsDeleting", Sum, Count;
        /// Returns the number of backups in cold storage.
        metric_recovery_points_cold = "NumberOfRecoveryPointsCold", Sum, Count;
    }
}

metrics! {
    /// Returns a metric that AWS Backup records about the vault, with the given statistic.
    impl BackupVault<'_>: "AWS/Backup", [VAULT], |vault| [
        "BackupVaultName" = vault.backup_vault_name()
    ]
}

metrics! {
    /// Returns a metric that AWS Backup records about the vault, with the given statistic.
    impl ImportedBackupVault<'_>: "AWS/Backup", [VAULT], |vault| [
        "BackupVaultName" = vault.backup_vault_name()
    ]
}
