//! Scopes of web ACLs as types.

use infra_cfn::wafv2::web_acl::Scope as ScopeProperty;

/// Scope of CloudFront distributions; the web ACL must be in `us-east-1`.
#[derive(Clone, Copy, Debug)]
pub enum Global {}

/// Scope of load balancers and other resources in the region of the web ACL.
#[derive(Clone, Copy, Debug)]
pub enum Regional {}

mod sealed {
    #[expect(unnameable_types, reason = "keeps the scopes a closed set")]
    pub trait Sealed {}
    impl Sealed for super::Global {}
    impl Sealed for super::Regional {}
}

/// Scope of a web ACL: [`Global`] or [`Regional`]. Sealed; other crates cannot add scopes.
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

pub(super) fn scope_property<S: WebAclScope>() -> ScopeProperty {
    if S::GLOBAL {
        ScopeProperty::CLOUDFRONT
    } else {
        ScopeProperty::REGIONAL
    }
}
