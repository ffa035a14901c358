//! The reference app in production, from its golden templates.

use std::collections::BTreeMap;
use std::path::Path;

use infra_reach::Answer::{No, Possible, Yes};
use infra_reach::{Answer, Reach, Source, StackSource, World};
use infra_template::Template;

use crate::texts;

fn production() -> World {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../infra-app/tests/golden/prod");
    let names = [
        "Foundation",
        "Network",
        "Data",
        "Migration",
        "Service",
        "Edge",
        "Observability",
    ];
    let stacks = names.map(|name| {
        let text = std::fs::read_to_string(folder.join(format!("{name}.template.json"))).unwrap();
        StackSource::builder()
            .name(format!("notes-prod-{}", name.to_lowercase()))
            .region("us-east-1")
            .template(Template::parse(&text).unwrap())
            .build()
    });
    World::new(stacks.into())
}

#[test]
fn internet_reaches_only_the_site() {
    let world = production();
    let reach = Reach::new(&world);
    let node = |name: &str| reach.find(name).unwrap();
    let from_internet = |name: &str| reach.reaches(Source::Internet, node(name)).answer();
    for (name, expected) in [
        ("Edge/Site", Yes),
        ("Edge/Site/Bucket", Yes),
        ("Service/LoadBalancer", Yes),
        ("Service/Service", Yes),
        ("Data/Database", No),
        ("Data/Files", No),
        ("Data/SecretKey", No),
        ("Foundation/Key", No),
        ("Foundation/Releases/Bucket", No),
    ] {
        assert_eq!(from_internet(name), expected, "{name}");
    }
    let path = reach.connects(Source::Internet, node("Service/Service"));
    assert_eq!(
        texts(&path).1,
        [
            "Edge/Site serves everyone",
            "Edge/Site calls Service/LoadBalancer through Edge/Site/VpcOrigin",
            "Service/LoadBalancer/SecurityGroup allows traffic from CloudFront on port 80",
            "Service/LoadBalancer forwards to Service/Service/Service",
            "Service/LoadBalancer/SecurityGroup allows traffic to Service/Service/Service on port 8080",
            "Service/Service/SecurityGroup allows traffic from Service/LoadBalancer on port 8080",
        ]
    );
    let stopped = reach.connects(Source::Internet, node("Data/Database"));
    assert_eq!(texts(&stopped).1, ["Data/Database has no public address"]);
}

#[test]
fn task_reaches_what_it_needs() {
    let world = production();
    let reach = Reach::new(&world);
    let node = |name: &str| reach.find(name).unwrap();
    let may = |from: &str, action: &str, to: &str| -> Answer {
        reach
            .may(Source::Resource(node(from)), action, node(to))
            .answer
    };
    let task = "Service/Service";
    for (from, action, to, expected) in [
        (task, "s3:GetObject", "Data/Files", Yes),
        (task, "s3:PutObject", "Data/Files", Yes),
        (task, "s3:ListBucket", "Data/Files", Yes),
        (task, "s3:GetObject", "Edge/Site/Bucket", No),
        (task, "s3:DeleteBucket", "Data/Files", No),
        (task, "secretsmanager:GetSecretValue", "Data/SecretKey", No),
        (
            "Service/Api/ExecutionRole",
            "secretsmanager:GetSecretValue",
            "Data/SecretKey",
            Yes,
        ),
        (
            "Service/Api/ExecutionRole",
            "s3:GetObject",
            "Data/Files",
            No,
        ),
        (
            "Foundation/Delivery/PlanRole",
            "s3:GetObject",
            "Data/Files",
            No,
        ),
    ] {
        let proof = reach.may(Source::Resource(node(from)), action, node(to));
        assert_eq!(
            may(from, action, to),
            expected,
            "{from} {action} {to}: {proof:#?}"
        );
    }
    let connects = |from: &str, to: &str| {
        reach
            .connects(Source::Resource(node(from)), node(to))
            .answer
    };
    assert_eq!(connects(task, "Data/Database"), Yes);
    assert_eq!(connects("Service/LoadBalancer", "Data/Database"), No);
    assert_ne!(connects(task, "Service/LoadBalancer"), Possible);
}

#[test]
fn lists_all_exposures_and_readers() {
    let world = production();
    let reach = Reach::new(&world);
    let exposures: Vec<String> = reach
        .exposures()
        .iter()
        .map(|one| {
            format!(
                "{:?} {} {} {}",
                one.from,
                one.what,
                one.to.display_name(),
                one.proof.answer
            )
        })
        .collect();
    insta::assert_snapshot!("exposures", exposures.join("\n"));
    let mut readers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for access in reach.data_access() {
        let from = access
            .from
            .map_or("internet".to_owned(), |name| name.display_name().to_owned());
        let what: Vec<String> = access
            .what
            .iter()
            .map(|(what, answer)| format!("{what} {answer}"))
            .collect();
        readers
            .entry(access.store.display_name().to_owned())
            .or_default()
            .push(format!("{from}: {}", what.join(", ")));
    }
    let lines: Vec<String> = readers
        .iter()
        .map(|(store, from)| format!("{store}\n  {}", from.join("\n  ")))
        .collect();
    insta::assert_snapshot!("data_access", lines.join("\n"));
}
