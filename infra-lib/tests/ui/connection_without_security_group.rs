//! Connects to a construct that has no security group.
use infra_lib::cfn::sns::CfnTopicProps;
use infra_lib::ec2::{Connectable, Port, SecurityGroup, Vpc};
use infra_lib::{App, Stack, cidr};

fn main() {
    let app = App::new();
    let stack = Stack::new(&app, "Network");
    let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    let api = SecurityGroup::builder().vpc(vpc).build(stack, "Api");
    let topic = CfnTopicProps::new().build(stack, "Topic");
    api.allow_to(&topic, Port::tcp(443));
}
