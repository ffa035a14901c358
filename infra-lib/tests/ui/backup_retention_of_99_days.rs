//! Longer than RDS keeps backups.
use infra_lib::backup_days;

fn main() {
    let retention = backup_days!(99);
    let _ = retention;
}
