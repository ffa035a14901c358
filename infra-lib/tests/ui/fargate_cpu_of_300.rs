//! Uses a number of CPU units that Fargate does not offer.
use infra_lib::task_size;

fn main() {
    let size = task_size!(300 cpu, 512 MiB);
    let _ = size;
}
