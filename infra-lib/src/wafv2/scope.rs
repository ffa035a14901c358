//! What a web ACL can protect, as a type.

use infra_cfn::wafv2::web_acl::Scope as ScopeProperty;

/// Distributions of CloudFront; such a web ACL is in `us-east-1`.
#[derive(Clone, Copy, Debug)]
pub enum Global {}

/// Load balancers and other resources of the region that the web ACL is in.
#[derive(Clone, Copy, Debug)]
pub enum Regional {}

mod sealed {
    #[expect(unnameable_types, reason = "keeps the scopes a closed set")]
    pub trait Sealed {}
    impl Sealed for super::Global {}
    impl Sealed for super::Regional {}
}

/// What a web ACL can protect: [`Global`] or [`Regional`].
pub trait WebAclScope: sealed::Sealed + 'static {
    #[doc(hidden)]
    const GLOBAL: bool;
}

impl WebAclScope for Global {
    const GLOBAL: bool = true;
}

impl WebAclScope for Regional {
    const GLOBAL: bool = false;
}

pub(super) fn property<S: WebAclScope>() -> ScopeProperty {
    if S::GLOBAL {
        ScopeProperty::CLOUDFRONT
    } else {
        ScopeProperty::REGIONAL
    }
}
