//! Uses more memory than Fargate offers for the CPU.
use infra_lib::task_size;

fn main() {
    let size = task_size!(256 cpu, 8192 MiB);
    let _ = size;
}
