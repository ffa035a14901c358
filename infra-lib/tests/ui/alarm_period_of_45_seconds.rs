//! Sets an alarm period that CloudWatch does not support.
use infra_lib::cloudwatch::Period;

fn main() {
    let period = Period::seconds(45);
    let _ = period;
}
