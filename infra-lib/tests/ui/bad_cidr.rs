//! Uses a CIDR block that is invalid.
use infra_lib::cidr;

fn main() {
    let block = cidr!("10.0.1.0/16");
    let _ = block;
}
