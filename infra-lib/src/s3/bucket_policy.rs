//! The policy of a bucket, which collects statements.

use infra_cfn::s3::CfnBucketPolicyProps;

use super::Bucket;
use crate::iam::{PolicyDocument, PolicyUse, Principal, Statement};
use crate::intrinsics::join;
use crate::{Construct, Diagnostic, Resource, codes, sub, value};

impl<'app> Bucket<'app> {
    /// Adds a statement to the policy of the bucket. All statements share one policy resource.
    ///
    /// The policy of an imported bucket cannot be changed; the statement is reported (`INF4502`).
    #[track_caller]
    pub fn add_to_policy(&self, statement: Statement) {
        statement.check_complete(PolicyUse::Resource, self.scope);
        if let Some(policy) = self.policy() {
            PolicyDocument::add_to(policy, "PolicyDocument", statement);
        } else {
            self.scope.report(
                Diagnostic::new(codes::IMPORTED_BUCKET_POLICY, "the bucket policy of an imported bucket is not managed by this app")
                    .origin(std::panic::Location::caller())
                    .note("a bucket has only one policy, and this app would overwrite the existing one")
                    .help("add the statement where the bucket is defined, then acknowledge this finding on the bucket"),
            );
        }
    }

    /// Returns the policy of the bucket, for resources that depend on it, or `None` for an imported bucket.
    pub fn policy(&self) -> Option<Resource<'app>> {
        self.scope.child("Policy")?.default_child()
    }

    /// Adds the policy, which refuses requests without TLS 1.2.
    pub(super) fn make_policy(&self) {
        // Written as `Fn::Join`, the only form of the objects' ARN that Control Tower's hook accepts.
        let parts = vec![sub![self.arn()], value("/*")];
        let everything = [sub![self.arn()], join("", parts)];
        let refuse = || {
            Statement::deny()
                .principal(Principal::any())
                .action("s3:*")
                .resources(everything.clone())
        };
        let document = PolicyDocument::new()
            .statement(refuse().condition("Bool", "aws:SecureTransport", "false"))
            .statement(refuse().condition("NumericLessThan", "s3:TlsVersion", "1.2"));
        let scope = self
            .scope
            .library_construct("Policy", "infra-lib.s3.BucketPolicy");
        CfnBucketPolicyProps::new(self.bucket_name(), document).build(scope, "Resource");
    }
}

impl<'app> Construct<'app> for Bucket<'app> {
    fn scope(&self) -> crate::Scope<'app> {
        self.scope
    }
}
