//! Grants of permissions on a bucket's objects.

use super::Bucket;
use crate::iam::{Grantable, Statement};
use crate::sub;

const READ: [&str; 2] = ["s3:GetObject", "s3:GetObjectVersion"];
const LIST: [&str; 2] = ["s3:GetBucketLocation", "s3:ListBucket"];
const PUT: [&str; 2] = ["s3:PutObject", "s3:AbortMultipartUpload"];
const DELETE: [&str; 1] = ["s3:DeleteObject"];

impl<'app> Bucket<'app> {
    /// Allows a role to list the bucket and read its objects.
    #[track_caller]
    pub fn grant_read(&self, to: &impl Grantable<'app>) {
        self.grant_actions(to, &LIST, &READ);
        if let Some(key) = self.encryption_key() {
            key.grant_decrypt(to);
        }
    }

    /// Allows a role to list the bucket, and to write and delete its objects.
    #[track_caller]
    pub fn grant_write(&self, to: &impl Grantable<'app>) {
        self.grant_actions(to, &LIST, &[&PUT[..], &DELETE[..]].concat());
        if let Some(key) = self.encryption_key() {
            key.grant_encrypt_decrypt(to);
        }
    }

    /// Allows a role to list the bucket, and to read, write and delete its objects.
    #[track_caller]
    pub fn grant_read_write(&self, to: &impl Grantable<'app>) {
        self.grant_actions(to, &LIST, &[&READ[..], &PUT[..], &DELETE[..]].concat());
        if let Some(key) = self.encryption_key() {
            key.grant_encrypt_decrypt(to);
        }
    }

    /// Allows a role to write objects, but not to list, read or delete any.
    #[track_caller]
    pub fn grant_put(&self, to: &impl Grantable<'app>) {
        self.grant_actions(to, &[], &PUT);
        if let Some(key) = self.encryption_key() {
            // Multipart uploads are encrypted part by part and decrypted when they are completed.
            key.grant_encrypt_decrypt(to);
        }
    }

    /// Allows a role to delete objects. In a versioned bucket, their noncurrent versions remain.
    #[track_caller]
    pub fn grant_delete(&self, to: &impl Grantable<'app>) {
        self.grant_actions(to, &[], &DELETE);
    }

    #[track_caller]
    fn grant_actions(&self, to: &impl Grantable<'app>, on_bucket: &[&str], on_objects: &[&str]) {
        let role = to.grantee();
        if !on_bucket.is_empty() {
            role.add_statement(
                Statement::allow()
                    .actions(on_bucket.iter().copied())
                    .resource(self.arn()),
            );
        }
        role.add_statement(
            Statement::allow()
                .actions(on_objects.iter().copied())
                .resource(sub![self.arn(), "/*"]),
        );
    }
}
