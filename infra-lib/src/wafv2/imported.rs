//! Web ACLs that exist already.

use std::marker::PhantomData;

use super::{Global, Regional, WebAcl};
use crate::{Arn, Construct, IntoValue, Scope, Value, kind};

/// An existing web ACL, from [`WebAcl::from_arn`]. Its scope is that of the type by which it is imported.
///
/// ```
/// use infra_lib::cloudfront::CloudFrontSite;
/// use infra_lib::wafv2::{Global, WebAcl};
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Site");
/// let web_acl = WebAcl::<Global>::from_arn(
///     stack,
///     "WebAcl",
///     "arn:aws:wafv2:us-east-1:111122223333:global/webacl/shared/473e64fd-f30b-4765-81a0-62ad96dd167a",
/// );
/// CloudFrontSite::builder().web_acl(&web_acl).build(stack, "Site");
/// # assert!(!app.synth().has_errors());
/// ```
#[derive(Debug)]
pub struct ImportedWebAcl<'app, S> {
    scope: Scope<'app>,
    kind: PhantomData<fn() -> S>,
}

impl<S> Clone for ImportedWebAcl<'_, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for ImportedWebAcl<'_, S> {}

struct Attributes(Value<Arn<kind::wafv2::WebAcl>>);

impl<'app, S> WebAcl<'app, S> {
    /// Imports an existing web ACL by its ARN.
    #[track_caller]
    pub fn from_arn(
        scope: impl Construct<'app>,
        id: &str,
        arn: impl IntoValue<Arn<kind::wafv2::WebAcl>>,
    ) -> ImportedWebAcl<'app, S> {
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.wafv2.ImportedWebAcl");
        scope.attach(Attributes(arn.into_value()));
        ImportedWebAcl {
            scope,
            kind: PhantomData,
        }
    }
}

impl<S> ImportedWebAcl<'_, S> {
    /// Returns the ARN of the web ACL.
    pub fn arn(&self) -> Value<Arn<kind::wafv2::WebAcl>> {
        self.attributes().0.clone()
    }

    fn attributes(&self) -> std::rc::Rc<Attributes> {
        self.scope
            .attached()
            .expect("every import is made with its attributes")
    }
}

#[cfg(feature = "elasticloadbalancingv2")]
impl<'app> ImportedWebAcl<'app, Regional> {
    /// Associates the web ACL with a load balancer, as a resource under `scope`.
    #[track_caller]
    pub fn protect(&self, load_balancer: &impl crate::elbv2::AsApplicationLoadBalancer<'app>) {
        super::web_acl::associate(self.scope.at_caller(), self.arn(), load_balancer);
    }
}

impl<'app, S> Construct<'app> for ImportedWebAcl<'app, S> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

/// A web ACL of the scope `S`: a [`WebAcl`] or an [`ImportedWebAcl`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no web ACL of the scope `{S}`",
    label = "a `WebAcl<{S}>` or an `ImportedWebAcl<{S}>` is needed here",
    note = "CloudFront needs a web ACL of the scope `Global`, other resources one of the scope `Regional`"
)]
pub trait AsWebAcl<'app, S> {
    /// Returns the ARN of the web ACL.
    fn web_acl_arn(&self) -> Value<Arn<kind::wafv2::WebAcl>>;
}

impl<'app, S, T: AsWebAcl<'app, S>> AsWebAcl<'app, S> for &T {
    fn web_acl_arn(&self) -> Value<Arn<kind::wafv2::WebAcl>> {
        (**self).web_acl_arn()
    }
}

macro_rules! as_web_acl {
    ($($scope:ty),+) => {$(
        impl<'app> AsWebAcl<'app, $scope> for WebAcl<'app, $scope> {
            fn web_acl_arn(&self) -> Value<Arn<kind::wafv2::WebAcl>> {
                self.arn()
            }
        }

        impl<'app> AsWebAcl<'app, $scope> for ImportedWebAcl<'app, $scope> {
            fn web_acl_arn(&self) -> Value<Arn<kind::wafv2::WebAcl>> {
                self.arn()
            }
        }
    )+};
}

as_web_acl!(Global, Regional);
