//! Sets a backup retention above the maximum of RDS, 35 days.
use infra_lib::backup_days;

fn main() {
    let retention = backup_days!(99);
    let _ = retention;
}
