//! Tests assertions on the templates.

use infra_lib::App;
use infra_lib::assertions::{Match, Template};
use serde_json::json;

use my_app::{Config, DataPolicy, build};

fn storage(data: DataPolicy) -> Template {
    let app = App::new();
    let config = Config {
        environment: "test".to_owned(),
        region: "eu-west-1".to_owned(),
        data,
        preview: None,
    };
    build(&app, &config);
    Template::of(&app.synth(), "Storage")
}

#[test]
fn versions_and_encrypts_bucket() {
    let template = storage(DataPolicy::Keep);
    template.resource_count("AWS::S3::Bucket", 1);
    template.has_properties(
        "AWS::S3::Bucket",
        json!({
            "BucketEncryption": Match::any(),
            "VersioningConfiguration": { "Status": "Enabled" },
        }),
    );
}

#[test]
fn sets_deletion_policy_from_configuration() {
    for (data, policy) in [(DataPolicy::Keep, "Retain"), (DataPolicy::Delete, "Delete")] {
        let pattern = json!({ "DeletionPolicy": policy });
        storage(data).has_resource("AWS::S3::Bucket", pattern);
    }
}
