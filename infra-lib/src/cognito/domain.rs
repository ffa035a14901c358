//! Addresses of the login pages.

use super::imported::{arn_of, pool_of};
use crate::certificatemanager::Certificate;
use crate::cfn::cognito::user_pool_domain::{
    CustomDomainConfigType, CustomDomainConfigTypeSecurityPolicy,
};
use crate::cfn::cognito::{CfnUserPoolDomain, CfnUserPoolDomainProps};
use crate::core::{Construct, Diagnostic, Id, Scope, Value, codes, pseudo, sub};
use crate::kind;
use crate::us_east_1::find_wrong_region;

/// Name of the domain of the login pages.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum UserPoolDomainName<'app> {
    /// Prefix of a domain of Cognito, `<prefix>.auth.<region>.amazoncognito.com`, which no other account may use.
    Prefix(&'app str),
    /// Custom domain name, with a certificate in `us-east-1`. Its parent domain needs an `A` record.
    Custom {
        /// Name, such as `auth.example.com`.
        name: &'app str,
        /// Certificate that covers the name.
        certificate: Certificate<'app>,
    },
}

/// Login pages of a domain.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum LoginPages {
    /// Classic hosted UI.
    Classic,
    /// Managed login, which needs the plan Essentials and a branding style for each client.
    Managed,
}

crate::construct! {
    /// A domain for the login pages and OAuth endpoints of a user pool.
    ///
    /// Creates an
    /// [`AWS::Cognito::UserPoolDomain`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpooldomain.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | login pages | classic | classic |
    /// | TLS of a custom domain | 1.2 and later | chosen by Cognito |
    ///
    /// A prefix that Cognito rejects is reported (`INF4967`), as is a certificate outside `us-east-1` (`INF4510`).
    ///
    /// ```
    /// use infra_lib::cognito::{UserPool, UserPoolDomain, UserPoolDomainName};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let users = UserPool::builder().build(stack, "Users");
    /// let domain = UserPoolDomain::builder()
    ///     .user_pool(&users)
    ///     .domain_name(UserPoolDomainName::Prefix("shop-accounts"))
    ///     .build(stack, "Domain");
    /// let url = domain.base_url();
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct UserPoolDomain<'app>: "infra-lib.cognito.UserPoolDomain" {
        resource: CfnUserPoolDomain<'app>,
    }

    /// Properties of a [`UserPoolDomain`], set through [`UserPoolDomain::builder`].
    pub struct UserPoolDomainProps, UserPoolDomainBuilder, user_pool_domain_builder {
        /// User pool: a construct, an imported pool, or an ID.
        required_value user_pool: Id<kind::cognito::UserPool>,
        /// Name of the domain. A change replaces the domain.
        required domain_name: UserPoolDomainName<'app>,
        /// Login pages. Default: classic, as in CloudFormation.
        default login_pages: LoginPages = LoginPages::Classic,
    }
}

impl<'app> UserPoolDomain<'app> {
    fn create(scope: Scope<'app>, props: UserPoolDomainProps<'app>) -> Self {
        let mut cfn = match props.domain_name {
            UserPoolDomainName::Prefix(prefix) => {
                check_prefix(scope, prefix);
                CfnUserPoolDomainProps::new(prefix, props.user_pool)
            }
            UserPoolDomainName::Custom { name, certificate } => {
                check_certificate(scope, certificate);
                CfnUserPoolDomainProps::new(name, props.user_pool).custom_domain_config(
                    CustomDomainConfigType::new()
                        .certificate_arn(certificate.arn())
                        .security_policy(CustomDomainConfigTypeSecurityPolicy::TLS_V1_2_2021),
                )
            }
        };
        if props.login_pages == LoginPages::Managed {
            cfn = cfn.managed_login_version(2);
        }
        let resource = cfn.build(scope, "Resource");
        Self { scope, resource }
    }

    /// Returns the name of the domain: the prefix, or the custom name.
    pub fn domain(&self) -> Value<String> {
        self.resource.ref_()
    }

    /// Returns the URL of the domain without a path: its endpoints are below it, such as `/oauth2/token`.
    pub fn base_url(&self) -> Value<String> {
        if self.resource.has_prop("CustomDomainConfig") {
            sub!["https://", self.domain()]
        } else {
            sub![
                "https://",
                self.domain(),
                ".auth.",
                pseudo::region(),
                ".amazoncognito.com"
            ]
        }
    }

    /// Returns the name of the distribution to which the DNS record of a custom domain must point.
    pub fn distribution_domain_name(&self) -> Value<String> {
        self.resource.attr_cloud_front_distribution()
    }

    /// Returns the ARN of the user pool, with which a web ACL is associated to protect the pages.
    pub fn user_pool_arn(&self) -> Value<String> {
        arn_of(&pool_of(*self.resource))
    }

    /// Returns the L1 binding of the domain.
    pub fn cfn(&self) -> CfnUserPoolDomain<'app> {
        self.resource
    }
}

fn check_certificate<'app>(scope: Scope<'app>, certificate: Certificate<'app>) {
    let found = find_wrong_region(
        codes::CERTIFICATE_REGION,
        "the certificate",
        "Cognito accepts certificates",
        certificate.region().as_deref(),
    );
    if let Some(found) = found {
        scope.report(
            found
                .property("CustomDomainConfig.CertificateArn")
                .related("the certificate is created here", certificate.scope().origin())
                .help("create it in a stack with `Environment::new(account, \"us-east-1\")`; other stacks can read its ARN")
                .url("https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-add-custom-domain.html"),
        );
    }
}

fn check_prefix(scope: Scope<'_>, prefix: &str) {
    let is_accepted = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let reserved = ["aws", "amazon", "cognito"]
        .into_iter()
        .find(|word| prefix.contains(word));
    let is_valid = !prefix.is_empty()
        && prefix.chars().all(is_accepted)
        && !prefix.starts_with('-')
        && !prefix.ends_with('-');
    if is_valid && reserved.is_none() {
        return;
    }
    let message = match reserved {
        Some(word) => format!("the prefix of the domain contains the reserved text `{word}`"),
        None => "Cognito rejects the prefix of the domain".to_owned(),
    };
    scope.report(
        Diagnostic::new(codes::USER_POOL_DOMAIN, message)
            .property("Domain")
            .actual(prefix)
            .expected("lower-case letters, digits and inner hyphens, without `aws`, `amazon` and `cognito`")
            .help("choose another prefix, or use `UserPoolDomainName::Custom`")
            .url("https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html"),
    );
}
