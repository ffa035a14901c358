//! Uses an upper-case letter in a bucket name.
use infra_lib::bucket_name;

fn main() {
    let name = bucket_name!("Notes-files");
    let _ = name;
}
