//! Tests of the constructs in `infra_lib::iam`.

use infra_lib::assertions::{Match, Template};
use infra_lib::core::StackProps;
use infra_lib::iam::{
    Group, InstanceProfile, ManagedPolicy, OidcProvider, PolicyDocument, Principal, Role,
    SamlProvider, Statement, User, apply_permissions_boundary,
};
use infra_lib::kms::Key;
use infra_lib::logs::LogGroup;
use infra_lib::{App, Construct, Data, Environment, Stack};
use serde_json::json;

use crate::base::findings_of;

fn tasks() -> Principal {
    Principal::service("ecs-tasks.amazonaws.com")
}

#[test]
fn merges_compatible_statements_in_role() {
    let template = Template::of_stack(|stack| {
        let role = Role::builder()
            .assumed_by(tasks())
            .statement(
                Statement::allow()
                    .action("s3:GetObject")
                    .resource("arn:aws:s3:::a/*"),
            )
            .build(stack, "Role");
        role.add_statement(
            Statement::allow()
                .action("s3:PutObject")
                .resource("arn:aws:s3:::a/*"),
        );
        role.add_statement(
            Statement::allow()
                .action("s3:GetObject")
                .resource("arn:aws:s3:::a/*"),
        );
        role.add_statement(
            Statement::allow()
                .action("s3:GetObject")
                .resource("arn:aws:s3:::b/*"),
        );
        role.add_statement(
            Statement::deny()
                .action("s3:GetObject")
                .resource("arn:aws:s3:::a/*"),
        );
    });
    template.resource_count("AWS::IAM::Policy", 0);
    template.has_properties(
        "AWS::IAM::Role",
        json!({
            "RoleName": Match::absent(),
            "Policies": [{ "PolicyName": "Default", "PolicyDocument": { "Version": "2012-10-17", "Statement": [
                { "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::a/*" },
                { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*" },
                { "Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::a/*" },
            ] } }],
        }),
    );
}

#[test]
fn keeps_statements_with_sid_or_condition_separate() {
    let read = || Statement::allow().action("s3:GetObject").resource("*");
    let document = PolicyDocument::new()
        .statement(read())
        .statement(read().sid("Named"))
        .statement(read().condition("Bool", "aws:SecureTransport", "true"));
    assert_eq!(document.len(), 3);
}

#[test]
fn collects_condition_values_in_list() {
    let statement = Statement::allow()
        .action("s3:GetObject")
        .resource("*")
        .condition("StringEquals", "aws:RequestedRegion", "eu-west-1")
        .condition("StringEquals", "aws:RequestedRegion", "eu-central-1");
    let data = Data::from(PolicyDocument::new().statement(statement));
    let values = data.pointer("Statement.0.Condition.StringEquals");
    assert_eq!(
        values.and_then(|map| map.as_map()?.get("aws:RequestedRegion").cloned()),
        Some(Data::list([
            Data::from("eu-west-1"),
            Data::from("eu-central-1")
        ]))
    );
}

#[test]
fn groups_principals_with_same_conditions() {
    let template = Template::of_stack(|stack| {
        Role::builder()
            .assumed_by([
                tasks(),
                Principal::account("111122223333").external_id("notes-42"),
                Principal::service("ecs.amazonaws.com"),
            ])
            .build(stack, "Role");
    });
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "AssumeRolePolicyDocument": { "Statement": [
            { "Principal": { "Service": ["ecs-tasks.amazonaws.com", "ecs.amazonaws.com"] }, "Action": "sts:AssumeRole" },
            { "Principal": { "AWS": Match::any() }, "Condition": { "StringEquals": { "sts:ExternalId": "notes-42" } } },
        ] } }),
    );
}

#[test]
fn reports_too_large_policy_with_size() {
    fn fill(stack: Stack<'_>) {
        let role = Role::builder().assumed_by(tasks()).build(stack, "Role");
        let policy = ManagedPolicy::builder().build(stack, "Policy");
        for at in 0..90 {
            let statement = || {
                Statement::allow().action("s3:GetObject").resource(format!(
                    "arn:aws:s3:::a-bucket-with-a-long-name/reports/{at:03}/{}/*",
                    "x".repeat(60)
                ))
            };
            role.add_statement(statement());
            policy.add_statement(statement());
        }
    }
    insta::assert_snapshot!(findings_of(fill));
}

#[test]
fn reports_invalid_statement_at_line_of_call() {
    insta::assert_snapshot!(findings_of(|stack| {
        let role = Role::builder().assumed_by(tasks()).build(stack, "Role");
        role.add_statement(Statement::allow().resource("*"));
        role.add_statement(Statement::allow().action("s3:GetObject"));
        role.add_statement(
            Statement::allow()
                .action("s3:GetObject")
                .resource("*")
                .principal(tasks()),
        );
        role.add_statement(
            Statement::allow()
                .action("s3:GetObject")
                .resource("*")
                .condition("StringEqual", "aws:RequestedRegion", "eu-west-1"),
        );
    }));
}

#[test]
fn suggests_nearest_name_for_unknown_action() {
    insta::assert_snapshot!(findings_of(|stack| {
        let role = Role::builder().assumed_by(tasks()).build(stack, "Role");
        role.add_statement(Statement::allow().action("s3:GetObjekt").resource("*"));
    }));
}

#[test]
fn creates_user_without_password_or_keys() {
    let template = Template::of_stack(|stack| {
        User::builder().build(stack, "User");
    });
    assert_eq!(template.only("AWS::IAM::User")["Properties"], json!(null));
    template.resource_count("AWS::IAM::AccessKey", 0);
}

#[test]
fn adds_statements_groups_and_policies_to_user() {
    let template = Template::of_stack(|stack| {
        let first = Group::builder()
            .group_name("auditors")
            .build(stack, "First");
        let second = Group::builder().path("/ops/").build(stack, "Second");
        let user = User::builder()
            .user_name("till")
            .path("/shops/")
            .permissions_boundary("arn:aws:iam::111122223333:policy/boundary")
            .managed_policy(ManagedPolicy::aws("ReadOnlyAccess"))
            .group(first)
            .statement(
                Statement::allow()
                    .action("s3:GetObject")
                    .resource("arn:aws:s3:::a/*"),
            )
            .build(stack, "User");
        user.add_to_group(second);
        Key::builder().build(stack, "Key").grant_decrypt(&user);
    });
    template.has_properties(
        "AWS::IAM::User",
        json!({
            "UserName": "till",
            "Path": "/shops/",
            "PermissionsBoundary": "arn:aws:iam::111122223333:policy/boundary",
            "Groups": [{ "Ref": Match::any() }, { "Ref": Match::any() }],
            "ManagedPolicyArns": [Match::any()],
            "Policies": [{ "PolicyDocument": { "Statement": [
                { "Action": "s3:GetObject" }, { "Action": "kms:Decrypt" },
            ] } }],
        }),
    );
}

#[test]
fn grants_permission_to_group_in_its_policy() {
    let template = Template::of_stack(|stack| {
        let group = Group::builder()
            .managed_policy(ManagedPolicy::aws("SecurityAudit"))
            .build(stack, "Group");
        group.add_managed_policy(ManagedPolicy::aws("ReadOnlyAccess"));
        LogGroup::builder().build(stack, "Logs").grant_write(&group);
    });
    template.has_properties(
        "AWS::IAM::Group",
        json!({
            "GroupName": Match::absent(),
            "ManagedPolicyArns": [Match::any(), Match::any()],
            "Policies": [{ "PolicyDocument": { "Statement": [
                { "Action": ["logs:CreateLogStream", "logs:PutLogEvents"] },
            ] } }],
        }),
    );
}

#[test]
fn names_imported_user_in_policy_of_key() {
    let template = Template::of_stack(|stack| {
        let user = User::from_arn("arn:aws:iam::111122223333:user/till");
        Key::builder().build(stack, "Key").grant_decrypt(&user);
    });
    let policy = template.only("AWS::KMS::Key")["Properties"]["KeyPolicy"].to_string();
    assert!(
        policy.contains("arn:aws:iam::111122223333:user/till"),
        "{policy}"
    );
}

#[test]
fn rejects_grant_to_group_across_accounts() {
    let app = App::new();
    let stack = |id: &str, account: &str| {
        StackProps::new()
            .environment(Environment::new(account, "eu-west-1"))
            .output_reader_role("arn:aws:iam::444455556666:role/reader")
            .build(&app, id)
    };
    let people = stack("People", "111122223333");
    let data = stack("Data", "444455556666");
    let group = Group::builder()
        .group_name("auditors")
        .build(people, "Group");
    Key::builder().build(data, "Key").grant_decrypt(&group);
    let synthesis = app.synth();
    let found: Vec<_> = synthesis
        .findings()
        .iter()
        .filter(|finding| finding.code.as_str() == "INF4608")
        .filter_map(|finding| finding.path.as_deref())
        .collect();
    assert_eq!(found, ["Data/Key"]);
}

#[test]
fn rejects_inline_policies_above_limits_of_user_and_group() {
    let found = findings_of(|stack| {
        let user = User::builder().build(stack, "User");
        let group = Group::builder().build(stack, "Group");
        for number in 0..100 {
            let statement = Statement::allow().action("s3:GetObject").resource(format!(
                "arn:aws:s3:::a-bucket-with-a-longer-name-{number}/*"
            ));
            user.add_statement(statement.clone());
            if number < 50 {
                group.add_statement(statement);
            }
        }
    });
    assert!(
        found.contains("the inline policy of the user is too large"),
        "{found}"
    );
    assert!(found.contains("at most 2048 characters"), "{found}");
    assert!(!found.contains("the inline policy of the group"), "{found}");
}

#[test]
fn creates_instance_profile_with_role_for_ec2() {
    let template = Template::of_stack(|stack| {
        let profile = InstanceProfile::builder().build(stack, "Profile");
        LogGroup::builder()
            .build(stack, "Logs")
            .grant_write(&profile);
    });
    template.has_properties(
        "AWS::IAM::Role",
        json!({
            "AssumeRolePolicyDocument": { "Statement": [{ "Principal": { "Service": "ec2.amazonaws.com" } }] },
            "Policies": [Match::any()],
        }),
    );
    template.has_properties(
        "AWS::IAM::InstanceProfile",
        json!({ "Roles": [{ "Ref": Match::any() }], "InstanceProfileName": Match::absent() }),
    );
}

#[test]
fn rejects_role_of_instance_profile_that_ec2_cannot_assume() {
    let profile = |principal: Principal| {
        findings_of(|stack| {
            let role = Role::builder().assumed_by(principal).build(stack, "Role");
            InstanceProfile::builder()
                .role(role)
                .path("/machines/")
                .build(stack, "Profile");
        })
    };
    let found = profile(tasks());
    assert!(
        found.starts_with("error[INF4609]: EC2 cannot assume the role of an instance profile"),
        "{found}"
    );
    assert!(found.contains("construct: Stack/Profile"), "{found}");
    assert_eq!(profile(Principal::service("ec2.amazonaws.com")), "");
}

#[test]
fn applies_boundary_to_roles_and_users_of_scope() {
    let policy = |name: &str| format!("arn:aws:iam::111122223333:policy/{name}");
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let group = stack.scope().construct("Group");
    apply_permissions_boundary(group, policy("inner"));
    apply_permissions_boundary(&app, policy("outer"));
    let role = |scope, id| Role::builder().assumed_by(tasks()).build(scope, id);
    role(stack.scope(), "Plain");
    role(group, "Inner");
    User::builder().build(stack, "Person");
    Role::builder()
        .assumed_by(tasks())
        .permissions_boundary(policy("own"))
        .build(group, "Own");
    let synthesis = app.synth();
    let template = synthesis.stacks()[0].template.to_json();
    let resources = template["Resources"].as_object().unwrap().iter();
    let boundaries: Vec<(&str, &str)> = resources
        .map(|(id, resource)| {
            let boundary = &resource["Properties"]["PermissionsBoundary"];
            (&id[..id.len() - 8], boundary.as_str().unwrap())
        })
        .collect();
    assert_eq!(
        boundaries,
        [
            ("Plain", policy("outer").as_str()),
            ("GroupInner", &policy("inner")),
            ("Person", &policy("outer")),
            ("GroupOwn", &policy("own")),
        ]
    );
}

#[test]
fn trusts_tokens_of_oidc_provider() {
    let template = Template::of_stack(|stack| {
        let plain = OidcProvider::builder()
            .url("https://login.example.com")
            .build(stack, "Plain");
        let user = plain
            .principal()
            .condition("StringEquals", "login.example.com:sub", "orders");
        Role::builder().assumed_by(user).build(stack, "Role");
        OidcProvider::builder()
            .url("https://login.example.com/other")
            .client_id("shop")
            .client_id("desk")
            .thumbprint("0123456789abcdef0123456789abcdef01234567")
            .build(stack, "Other");
    });
    template.has_properties(
        "AWS::IAM::OIDCProvider",
        json!({
            "Url": "https://login.example.com",
            "ClientIdList": ["sts.amazonaws.com"],
            "ThumbprintList": Match::absent(),
        }),
    );
    template.has_properties(
        "AWS::IAM::OIDCProvider",
        json!({
            "ClientIdList": ["shop", "desk"],
            "ThumbprintList": ["0123456789abcdef0123456789abcdef01234567"],
        }),
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "AssumeRolePolicyDocument": { "Statement": [{
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Principal": { "Federated": { "Ref": Match::any() } },
            "Condition": { "StringEquals": { "login.example.com:sub": "orders" } },
        }] } }),
    );
}

#[test]
fn rejects_urls_that_no_oidc_provider_can_have() {
    for url in [
        "http://login.example.com",
        "https://login.example.com:8443",
        "https://login.example.com/?tenant=1",
        "https://",
    ] {
        let found = findings_of(|stack| {
            OidcProvider::builder().url(url).build(stack, "Login");
        });
        assert_eq!(found.matches("error[INF4976]").count(), 1, "{url}: {found}");
    }
}

#[test]
fn trusts_users_of_saml_provider() {
    let metadata = "<md:EntityDescriptor/>".repeat(60);
    let template = Template::of_stack(|stack| {
        let company = SamlProvider::builder()
            .metadata(metadata.as_str())
            .saml_provider_name("company")
            .build(stack, "Company");
        Role::builder()
            .assumed_by(company.console_principal())
            .build(stack, "Role");
    });
    template.has_properties(
        "AWS::IAM::SAMLProvider",
        json!({ "Name": "company", "SamlMetadataDocument": metadata }),
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "AssumeRolePolicyDocument": { "Statement": [{
            "Action": "sts:AssumeRoleWithSAML",
            "Principal": { "Federated": { "Ref": Match::any() } },
            "Condition": { "StringEquals": { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
        }] } }),
    );
}
