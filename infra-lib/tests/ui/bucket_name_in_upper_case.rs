//! A bucket name with an upper-case letter.
use infra_lib::bucket_name;

fn main() {
    let name = bucket_name!("Notes-files");
    let _ = name;
}
