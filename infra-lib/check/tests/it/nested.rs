//! Nested stacks are followed to local templates.

use std::fs;
use std::path::Path;

use infra_check::nested::NestedCheck;
use infra_check::{Options, Report};
use tempfile::TempDir;

const NETWORK: &str = "\
Parameters:
  Cidr: {Type: String}
  Name: {Type: String, Default: web}
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref Cidr, Tags: [{Key: Name, Value: !Ref Name}]}}
Outputs:
  VpcId: {Value: !Ref Vpc}
";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// Checks `app.yaml`, and returns its findings and those of nested templates, with the number of reports.
fn check_in(root: &Path, file: &str) -> (Vec<String>, usize) {
    let canonical = root.canonicalize().unwrap();
    let to_name = |path: &Path| {
        let path = path.strip_prefix(&canonical).unwrap_or(path);
        path.strip_prefix(root)
            .unwrap_or(path)
            .display()
            .to_string()
    };
    let options = Options::default();
    let check = NestedCheck::new(root, &to_name, &options).unwrap();
    let reports = check.check_file(&root.join(file)).unwrap();
    let number = reports.len();
    let report: Report = reports.into_iter().map(|(_, report)| report).collect();
    let shown = report.findings.iter().map(|finding| {
        let one = &finding.diagnostic;
        format!(
            "{}:{} {} {}",
            finding.file().name,
            finding.start(),
            one.code,
            one.message
        )
    });
    (shown.collect(), number)
}

fn check(files: &[(&str, &str)]) -> (Vec<String>, usize) {
    check_in(folder(files).path(), "app.yaml")
}

#[test]
fn accepts_parameters_and_outputs_of_nested_template() {
    let app = "\
Resources:
  Network: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./nested/network.yaml, Parameters: {Cidr: 10.0.0.0/16}}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: a, VpcId: !GetAtt Network.Outputs.VpcId}}
Outputs: {Vpc: {Value: !Sub '${Network.Outputs.VpcId}'}}
";
    let found = check(&[("app.yaml", app), ("nested/network.yaml", NETWORK)]);
    assert_eq!(found, (Vec::new(), 2));
}

#[test]
fn reports_unknown_and_missing_names_of_nested_template() {
    let app = "\
Resources:
  Network: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: network.yaml, Parameters: {Cdir: 10.0.0.0/16}}}
  Other: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: network.yaml}}
Outputs:
  One: {Value: !GetAtt Network.Outputs.Vpc}
  Two: {Value: !Sub '${Network.Outputs.Subnet}'}
";
    let (found, _) = check(&[("app.yaml", app), ("network.yaml", NETWORK)]);
    assert_eq!(
        found,
        [
            "app.yaml:2:99 INF8030 the nested stack `Network` lacks the parameter `Cidr`, which has no default in `network.yaml`",
            "app.yaml:2:100 INF8030 `network.yaml` has no parameter `Cdir`",
            "app.yaml:3:3 INF8030 the nested stack `Other` lacks the parameter `Cidr`, which has no default in `network.yaml`",
            "app.yaml:5:16 INF8031 `network.yaml` has no output `Vpc`",
            "app.yaml:6:16 INF8031 `network.yaml` has no output `Subnet`",
        ]
    );
}

#[test]
fn checks_nested_template_with_passed_values() {
    let app = "\
Resources:
  One: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: queue.yaml, Parameters: {Delay: 5}}}
  Two: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: queue.yaml, Parameters: {Delay: 1000}}}
";
    let queue = "\
Parameters: {Delay: {Type: Number, MaxValue: 900}}
Resources: {Queue: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: !Ref Delay, Nme: a}}}
";
    let (found, _) = check(&[("app.yaml", app), ("queue.yaml", queue)]);
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(
        found[0],
        "queue.yaml:1:14 INF8010 the given value `1000` is not at most 900"
    );
    assert!(
        found[1].starts_with("queue.yaml:2:83 INF3002 "),
        "{found:?}"
    );
}

#[test]
fn reports_circles_and_missing_files_and_stays_inside_the_folder() {
    let nest = |url: &str| {
        format!(
            "Resources:\n  Inner: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: {url}}}}}\n"
        )
    };
    let (a, b) = (nest("b.yaml"), nest("app.yaml"));
    let (found, reports) = check(&[("app.yaml", &a), ("b.yaml", &b)]);
    assert_eq!(
        found,
        ["b.yaml:2:71 INF8032 the template `app.yaml` contains itself as a nested stack"]
    );
    assert_eq!(reports, 2);

    let (found, _) = check(&[("app.yaml", &nest("gone.yaml"))]);
    assert!(
        found.len() == 1
            && found[0]
                .starts_with("app.yaml:2:71 INF8032 cannot read the nested template `gone.yaml`: "),
        "{found:?}"
    );

    let outside = folder(&[
        ("secret.yaml", "Resources: {T: {Type: AWS::SNS::Tpic}}"),
        ("app/app.yaml", &nest("../secret.yaml")),
    ]);
    assert_eq!(
        check_in(&outside.path().join("app"), "app.yaml"),
        (Vec::new(), 1)
    );
    // Neither absolute paths nor addresses are local templates.
    let absolute = nest(&outside.path().join("secret.yaml").display().to_string());
    assert_eq!(check(&[("app.yaml", &absolute)]), (Vec::new(), 1));
    let address = nest("https://bucket.s3.amazonaws.com/network.yaml");
    assert_eq!(check(&[("app.yaml", &address)]), (Vec::new(), 1));
}

#[test]
fn follows_applications_of_sam_and_assets_of_the_cdk() {
    let sam = "\
Transform: AWS::Serverless-2016-10-31
Resources:
  Network: {Type: AWS::Serverless::Application, Properties: {Location: network.yaml, Parameters: {Cidr: 10.0.0.0/16, Nam: a}}}
";
    let (found, _) = check(&[("app.yaml", sam), ("network.yaml", NETWORK)]);
    assert_eq!(
        found,
        ["app.yaml:3:118 INF8030 `network.yaml` has no parameter `Nam`"]
    );

    let cdk = "\
Resources:
  Network:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: !Sub 'https://s3.${AWS::Region}.${AWS::URLSuffix}/assets/a.json'}
    Metadata: {'aws:asset:path': network.yaml, 'aws:asset:property': TemplateURL}
";
    let (found, reports) = check(&[("app.yaml", cdk), ("network.yaml", NETWORK)]);
    assert_eq!(
        found,
        [
            "app.yaml:2:3 INF8030 the nested stack `Network` lacks the parameter `Cidr`, which has no default in `network.yaml`"
        ]
    );
    assert_eq!(reports, 2);
}
