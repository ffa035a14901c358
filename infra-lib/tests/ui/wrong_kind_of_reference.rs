//! Passes the name of a bucket where the ID of a VPC is required.
use infra_lib::cfn::ec2::CfnSubnetProps;
use infra_lib::cfn::s3::CfnBucketProps;
use infra_lib::{App, Stack};

fn main() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let files = CfnBucketProps::new().build(stack, "Files");
    CfnSubnetProps::new(files.ref_()).build(stack, "Subnet");
}
