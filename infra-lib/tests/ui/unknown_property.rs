//! Sets a property that the resource type does not have.
use infra_lib::cfn::sns::CfnTopicProps;

fn main() {
    let topic = CfnTopicProps::new().dispaly_name("orders");
    drop(topic);
}
