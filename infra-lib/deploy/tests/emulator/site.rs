//! Tests publishing a site with the listings, ETags and headers of an independent implementation of S3.

use std::fs;
use std::path::Path;

use infra_aws::ChangeSetType;
use infra_deploy::site::{
    Invalidation, PublishUntil, Scope, SiteOptions, Stale, plan_site, publish_site,
};
use infra_template::assembly::CloudAssembly;
use serde_json::json;

use crate::support::{aws, deploy, wanted};

const REGION: &str = "us-east-1";

/// Writes an assembly with one stack to the folder and reads it.
fn assembly(folder: &Path) -> CloudAssembly {
    let template = json!({
        "Resources": {
            "SiteBucket978D4AEB": { "Type": "AWS::S3::Bucket", "Properties": { "BucketName": "infra-site" } },
            "SiteE53D7754": { "Type": "AWS::CloudFront::Distribution", "Properties": { "DistributionConfig": {
                "Enabled": true,
                "DefaultCacheBehavior": { "TargetOriginId": "Pages", "ViewerProtocolPolicy": "https-only" },
                "Origins": [{ "Id": "Pages", "DomainName": "infra-site.s3.amazonaws.com", "S3OriginConfig": {} }],
            } } },
        },
        "Outputs": {
            "SiteBucketNameCD521A50": { "Value": { "Ref": "SiteBucket978D4AEB" } },
            "SiteDistributionIdF7E9652D": { "Value": { "Ref": "SiteE53D7754" } },
            "SiteUrlB6E8351A": { "Value": "https://notes.example" },
        },
    });
    let manifest = json!({ "version": "48.0.0", "artifacts": { "Site": {
        "type": "aws:cloudformation:stack",
        "environment": format!("aws://unknown-account/{REGION}"),
        "properties": { "templateFile": "Site.template.json", "stackName": "site" },
    } } });
    fs::write(folder.join("manifest.json"), manifest.to_string()).expect("the folder is ours");
    fs::write(folder.join("Site.template.json"), template.to_string()).expect("the folder is ours");
    CloudAssembly::read_directory(folder).expect("it was written just now")
}

fn options(folder: &Path) -> SiteOptions {
    SiteOptions::builder()
        .folder(folder.to_owned())
        .shown("dist")
        .stale(Stale::Removed)
        .scope(Scope::Changed)
        .until(PublishUntil::Completed)
        .build()
}

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn skips_existing_site_files_and_deletes_stale_ones() {
    let cloud = aws(REGION).await;
    let place = tempfile::tempdir().unwrap();
    let assembly = assembly(place.path());
    let template = serde_json::Value::Object(assembly.stacks[0].template.document().clone());
    let cloudformation = cloud.cloudformation_client(REGION);
    deploy(
        &*cloudformation,
        wanted("site", ChangeSetType::Create, &template),
    )
    .await;

    let folder = place.path().join("dist");
    fs::create_dir_all(folder.join("assets")).unwrap();
    fs::write(folder.join("index.html"), "<p>one</p>").unwrap();
    fs::write(folder.join("assets/index-B7kQ2xYz.js"), "console.log(1)").unwrap();
    fs::write(folder.join("a b.txt"), "a name with a space").unwrap();

    let first = plan_site(cloud.clone(), assembly.clone(), options(&folder))
        .await
        .unwrap();
    assert_eq!((first.uploads.len(), first.unchanged.len()), (3, 0));
    assert_eq!(first.invalidation, Invalidation::default());
    publish_site(cloud.clone(), first, options(&folder))
        .await
        .unwrap();

    let same = plan_site(cloud.clone(), assembly.clone(), options(&folder))
        .await
        .unwrap();
    assert!(same.is_empty(), "{same:?}");

    fs::write(folder.join("index.html"), "<p>two</p>").unwrap();
    fs::rename(
        folder.join("assets/index-B7kQ2xYz.js"),
        folder.join("assets/index-C8lR3yZa.js"),
    )
    .unwrap();
    fs::remove_file(folder.join("a b.txt")).unwrap();
    let second = plan_site(cloud.clone(), assembly.clone(), options(&folder))
        .await
        .unwrap();
    assert_eq!(
        second.invalidation.paths,
        ["/", "/a%20b.txt", "/index.html"]
    );
    let published = publish_site(cloud.clone(), second, options(&folder))
        .await
        .unwrap();
    assert!(published.everywhere);

    let listed = cloud
        .s3_client(REGION)
        .list_objects("infra-site", "", None)
        .await
        .unwrap();
    let keys: Vec<String> = listed.items.into_iter().map(|object| object.key).collect();
    assert_eq!(keys, ["assets/index-C8lR3yZa.js", "index.html"]);
}
