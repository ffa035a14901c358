//! Tests of imports in `infra_lib::iam`: groups, managed policies and identity providers that exist already.

use infra_lib::assertions::Template;
use infra_lib::cognito::IdentityPool;
use infra_lib::iam::{
    AsGroup, Group, ManagedPolicy, OidcProvider, Principal, Role, SamlProvider, User,
    apply_permissions_boundary,
};
use infra_lib::intrinsics::import_value;
use infra_lib::{App, Arn, Output, Stack, Value as Deferred, kind};
use serde_json::{Value, json};

use crate::base::findings_of;

const POLICY: &str = "arn:aws:iam::111122223333:policy/teams/audit";

fn in_account(resource: &str) -> Value {
    json!({ "Fn::Sub": format!("arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:{resource}") })
}

/// Returns the trust policy of the only role.
fn trust(template: &Template) -> Value {
    template.only("AWS::IAM::Role")["Properties"]["AssumeRolePolicyDocument"]["Statement"].clone()
}

#[test]
fn makes_users_members_of_imported_groups() {
    let template = Template::of_stack(|stack| {
        let arn = "arn:aws:iam::444455556666:group/ops/auditors";
        let auditors = Group::from_arn(stack, "Auditors", arn);
        assert_eq!(auditors.arn().as_literal(), Some(arn));
        assert_eq!(auditors.group_name().as_literal(), Some("auditors"));
        let readers = Group::from_name(stack, "Readers", "readers");
        let deferred: Deferred<Arn<kind::iam::Group>> = import_value("GroupArn");
        let own = Group::builder().build(stack, "Own");
        let user = User::builder()
            .group(auditors)
            .group(readers)
            .group(Group::from_arn(stack, "Deferred", deferred))
            .build(stack, "User");
        user.add_to_group(own.as_group());
        user.add_to_group(readers.as_group());
        Output::new(stack, "Arn", readers.as_group().arn());
    });
    assert_eq!(
        template.only("AWS::IAM::User")["Properties"],
        json!({ "Groups": [
            "auditors",
            "readers",
            { "Fn::Select": [1, { "Fn::Split": ["/", { "Fn::ImportValue": "GroupArn" }] }] },
            { "Ref": template.resources("AWS::IAM::Group")[0].0 },
            "readers",
        ] })
    );
    template.resource_count("AWS::IAM::Group", 1);
    template.has_output("Arn", json!({ "Value": in_account("group/readers") }));
}

#[test]
fn attaches_imported_policies_to_every_identity() {
    let template = Template::of_stack(|stack| {
        let audit = ManagedPolicy::from_arn(stack, "Audit", POLICY);
        let named = ManagedPolicy::from_name(stack, "Named", "read-reports");
        let of_aws = ManagedPolicy::from_arn(
            stack,
            "OfAws",
            "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
        );
        let own = ManagedPolicy::builder().build(stack, "Own");
        apply_permissions_boundary(stack, named);
        Role::builder()
            .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
            .managed_policy(audit)
            .managed_policy(of_aws)
            .build(stack, "Role")
            .add_managed_policy(own);
        User::builder()
            .permissions_boundary(audit)
            .managed_policy(named)
            .build(stack, "User")
            .add_managed_policy(audit);
        Group::builder()
            .managed_policy(audit.arn())
            .build(stack, "Group")
            .add_managed_policy(own);
    });
    let own = json!({ "Ref": template.resources("AWS::IAM::ManagedPolicy")[0].0 });
    let named = in_account("policy/read-reports");
    let role = template.only("AWS::IAM::Role")["Properties"].clone();
    assert_eq!(
        role["ManagedPolicyArns"],
        json!([
            POLICY,
            "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
            own,
        ])
    );
    assert_eq!(role["PermissionsBoundary"], named);
    assert_eq!(
        template.only("AWS::IAM::User")["Properties"],
        json!({ "PermissionsBoundary": POLICY, "ManagedPolicyArns": [named, POLICY] })
    );
    assert_eq!(
        template.only("AWS::IAM::Group")["Properties"],
        json!({ "ManagedPolicyArns": [POLICY, own] })
    );
    template.resource_count("AWS::IAM::ManagedPolicy", 1);
}

#[test]
fn trusts_imported_oidc_provider() {
    let arn = "arn:aws:iam::111122223333:oidc-provider/login.example.com/cluster";
    let template = Template::of_stack(|stack| {
        let cluster = OidcProvider::from_arn(stack, "Cluster", arn);
        let issuer = cluster.issuer();
        assert_eq!(issuer.as_literal(), Some("login.example.com/cluster"));
        let claim = format!("{}:sub", issuer.as_literal().unwrap());
        Role::builder()
            .assumed_by(
                cluster
                    .principal()
                    .condition("StringEquals", claim, "orders"),
            )
            .build(stack, "Role");
    });
    template.resource_count("AWS::IAM::OIDCProvider", 0);
    assert_eq!(
        trust(&template),
        json!([{
            "Effect": "Allow",
            "Principal": { "Federated": arn },
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": { "StringEquals": { "login.example.com/cluster:sub": "orders" } },
        }])
    );
}

#[test]
fn derives_arn_of_oidc_provider_from_url() {
    let template = Template::of_stack(|stack| {
        let login = OidcProvider::from_url(stack, "Login", "https://login.example.com/shop");
        let deferred: Deferred<String> = import_value("Issuer");
        let other = OidcProvider::from_url(stack, "Other", deferred);
        Role::builder()
            .assumed_by(Principal::oidc(login))
            .build(stack, "Role");
        Output::new(stack, "Issuer", other.issuer());
    });
    assert_eq!(
        trust(&template)[0]["Principal"],
        json!({ "Federated": in_account("oidc-provider/login.example.com/shop") })
    );
    template.has_output(
        "Issuer",
        json!({ "Value": {
            "Fn::Select": [1, { "Fn::Split": ["https://", { "Fn::ImportValue": "Issuer" }] }]
        } }),
    );
}

#[test]
fn returns_issuer_of_own_provider() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let url = "https://login.example.com/cluster";
    let own = OidcProvider::builder().url(url).build(stack, "Own");
    assert_eq!(own.issuer().as_literal(), Some("login.example.com/cluster"));
}

#[test]
fn trusts_imported_saml_provider() {
    let template = Template::of_stack(|stack| {
        let company = SamlProvider::from_name(stack, "Company", "company");
        Role::builder()
            .assumed_by(company.console_principal())
            .build(stack, "Role");
    });
    assert_eq!(
        trust(&template),
        json!([{
            "Effect": "Allow",
            "Principal": { "Federated": in_account("saml-provider/company") },
            "Action": "sts:AssumeRoleWithSAML",
            "Condition": { "StringEquals": { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
        }])
    );
}

#[test]
fn exchanges_tokens_of_imported_providers_in_identity_pool() {
    let oidc = "arn:aws:iam::111122223333:oidc-provider/login.example.com";
    let saml = "arn:aws:iam::111122223333:saml-provider/company";
    let template = Template::of_stack(|stack| {
        IdentityPool::builder()
            .open_id_connect_provider(OidcProvider::from_arn(stack, "Login", oidc))
            .saml_provider(SamlProvider::from_arn(stack, "Company", saml))
            .build(stack, "Identities");
    });
    let pool = template.only("AWS::Cognito::IdentityPool")["Properties"].clone();
    assert_eq!(pool["OpenIdConnectProviderARNs"], json!([oidc]));
    assert_eq!(pool["SamlProviderARNs"], json!([saml]));
}

#[test]
fn reports_arns_and_names_of_other_resources() {
    let role = "arn:aws:iam::111122223333:role/auditors";
    insta::assert_snapshot!(findings_of(|stack| {
        Group::from_arn(stack, "GroupByRole", role);
        Group::from_name(stack, "GroupWithPath", "ops/auditors");
        ManagedPolicy::from_arn(stack, "PolicyByName", "ReadOnlyAccess");
        ManagedPolicy::from_name(stack, "PolicyByArn", POLICY);
        OidcProvider::from_arn(stack, "OidcByUrl", "https://login.example.com");
        OidcProvider::from_url(stack, "OidcByHost", "login.example.com");
        SamlProvider::from_arn(stack, "SamlByRole", role);
        SamlProvider::from_name(stack, "SamlByText", "our company");
        Role::builder()
            .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
            .build(stack, "Role");
    }));
}

#[test]
fn accepts_placeholders_of_lookups() {
    let found = findings_of(|stack| {
        let policy = ManagedPolicy::from_arn(stack, "Policy", "dummy-value-for-PolicyArn");
        Group::from_name(stack, "Group", "dummy-value-for-GroupName");
        assert_eq!(policy.arn().as_literal(), Some("dummy-value-for-PolicyArn"));
        User::builder().build(stack, "User");
    });
    assert_eq!(found, "");
}
