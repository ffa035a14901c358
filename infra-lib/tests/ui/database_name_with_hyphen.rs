//! Uses a database name that PostgreSQL on RDS refuses.
use infra_lib::database_name;

fn main() {
    let name = database_name!("my-app");
    let _ = name;
}
