//! Grants of permissions on a bucket's objects.

use super::Bucket;
use crate::iam::{Grant, Grantable, ResourcePolicy, Statement};
use crate::sub;

const READ: [&str; 2] = ["s3:GetObject", "s3:GetObjectVersion"];
const LIST: [&str; 2] = ["s3:GetBucketLocation", "s3:ListBucket"];
const PUT: [&str; 2] = ["s3:PutObject", "s3:AbortMultipartUpload"];
const DELETE: [&str; 1] = ["s3:DeleteObject"];

impl<'app> Bucket<'app> {
    /// Allows a role to list the bucket and read its objects.
    #[track_caller]
    pub fn grant_read(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        let grant = self.grant_actions(to, &LIST, &READ);
        match self.encryption_key() {
            Some(key) => grant.and(key.grant_decrypt(to)),
            None => grant,
        }
    }

    /// Allows a role to list the bucket, and to write and delete its objects.
    #[track_caller]
    pub fn grant_write(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        let grant = self.grant_actions(to, &LIST, &[&PUT[..], &DELETE[..]].concat());
        match self.encryption_key() {
            Some(key) => grant.and(key.grant_encrypt_decrypt(to)),
            None => grant,
        }
    }

    /// Allows a role to list the bucket, and to read, write and delete its objects.
    #[track_caller]
    pub fn grant_read_write(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        let grant = self.grant_actions(to, &LIST, &[&READ[..], &PUT[..], &DELETE[..]].concat());
        match self.encryption_key() {
            Some(key) => grant.and(key.grant_encrypt_decrypt(to)),
            None => grant,
        }
    }

    /// Allows a role to write objects, but not to list, read or delete any.
    #[track_caller]
    pub fn grant_put(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        let grant = self.grant_actions(to, &[], &PUT);
        match self.encryption_key() {
            // Multipart uploads are encrypted part by part and decrypted when they are completed.
            Some(key) => grant.and(key.grant_encrypt_decrypt(to)),
            None => grant,
        }
    }

    /// Allows a role to delete objects. In a versioned bucket, their noncurrent versions remain.
    #[track_caller]
    pub fn grant_delete(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        self.grant_actions(to, &[], &DELETE)
    }

    /// Allows a role to list and read objects whose keys begin with `prefix`, such as `reports/`.
    #[track_caller]
    pub fn grant_read_prefix(&self, to: &impl Grantable<'app>, prefix: &str) -> Grant<'app> {
        let grant = self.grant_below(to, prefix, &READ);
        match self.encryption_key() {
            Some(key) => grant.and(key.grant_decrypt(to)),
            None => grant,
        }
    }

    /// Allows a role to list, read, write and delete objects whose keys begin with `prefix`, such as `reports/`.
    #[track_caller]
    pub fn grant_read_write_prefix(&self, to: &impl Grantable<'app>, prefix: &str) -> Grant<'app> {
        let grant = self.grant_below(to, prefix, &[&READ[..], &PUT[..], &DELETE[..]].concat());
        match self.encryption_key() {
            Some(key) => grant.and(key.grant_encrypt_decrypt(to)),
            None => grant,
        }
    }

    /// Allows a role to write objects whose keys begin with `prefix`, but not to list, read or delete any.
    #[track_caller]
    pub fn grant_put_prefix(&self, to: &impl Grantable<'app>, prefix: &str) -> Grant<'app> {
        let grant = Grant::to(to)
            .actions(PUT)
            .resource(self.object_arns(&format!("{prefix}*")))
            .on(self);
        match self.encryption_key() {
            // Multipart uploads are encrypted part by part and decrypted when they are completed.
            Some(key) => grant.and(key.grant_encrypt_decrypt(to)),
            None => grant,
        }
    }

    #[track_caller]
    fn grant_below(
        &self,
        to: &impl Grantable<'app>,
        prefix: &str,
        on_objects: &[&str],
    ) -> Grant<'app> {
        let pattern = format!("{prefix}*");
        Grant::to(to)
            .action("s3:ListBucket")
            .resource(self.arn())
            .condition("StringLike", "s3:prefix", pattern.as_str())
            .on(self)
            .and(
                Grant::to(to)
                    .action("s3:GetBucketLocation")
                    .resource(self.arn())
                    .on(self),
            )
            .and(
                Grant::to(to)
                    .actions(on_objects.iter().copied())
                    .resource(self.object_arns(&pattern))
                    .on(self),
            )
    }

    #[track_caller]
    fn grant_actions(
        &self,
        to: &impl Grantable<'app>,
        on_bucket: &[&str],
        on_objects: &[&str],
    ) -> Grant<'app> {
        let objects = |grantee| {
            Grant::to(grantee)
                .actions(on_objects.iter().copied())
                .resource(sub![self.arn(), "/*"])
                .on(self)
        };
        if on_bucket.is_empty() {
            return objects(to);
        }
        Grant::to(to)
            .actions(on_bucket.iter().copied())
            .resource(self.arn())
            .on(self)
            .and(objects(to))
    }
}

impl<'app> ResourcePolicy<'app> for Bucket<'app> {
    #[track_caller]
    fn add_to_resource_policy(&self, statement: Statement) {
        self.add_to_policy(statement);
    }
}
