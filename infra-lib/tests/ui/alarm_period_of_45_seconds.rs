//! A period that CloudWatch does not have.
use infra_lib::cloudwatch::Period;

fn main() {
    let period = Period::seconds(45);
    let _ = period;
}
