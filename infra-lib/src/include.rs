//! Inclusion of existing CloudFormation templates in a stack, with access to their resources: [`read_template`] reads a file, [`IncludeProps`] adds it.

use std::fs;
use std::path::Path;

pub use crate::core::include::{Include, IncludeProps, TemplateSource};

/// Reads a template in JSON or YAML, including short forms such as `!Ref`.
///
/// A relative path starts at the working directory of the app; `concat!(env!("CARGO_MANIFEST_DIR"), "/templates/orders.yaml")` does not depend on it. A
/// file that cannot be read is reported where the template is included (`INF1282`), with the line of the problem.
///
/// ```no_run
/// use infra_lib::cfn::s3::CfnBucket;
/// use infra_lib::iam::{Principal, Role};
/// use infra_lib::include::{IncludeProps, read_template};
/// use infra_lib::s3::Bucket;
/// use infra_lib::{App, Name, Stack, kind};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Files");
/// let include = IncludeProps::new(read_template("templates/files.yaml"))
///     .parameter("Stage", "prod")
///     .build(stack, "Template");
/// if let Some(uploads) = include.typed("Uploads", CfnBucket::from_resource) {
///     uploads.modify(|props| props.bucket_name("notes-uploads"));
/// }
/// let role = Role::builder().assumed_by(Principal::service("lambda.amazonaws.com")).build(stack, "Reader");
/// let name = include.ref_value::<Name<kind::s3::Bucket>>("Uploads");
/// Bucket::from_bucket_name(stack, "Uploads", name, None).grant_read(&role);
/// ```
pub fn read_template(path: impl AsRef<Path>) -> TemplateSource {
    let path = path.as_ref();
    let file = path.display().to_string().replace('\\', "/");
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => return TemplateSource::unreadable(file, error, None),
    };
    let tree = match infra_yaml::decode_template(&bytes).and_then(infra_yaml::read_template) {
        Ok(tree) => tree,
        Err(error) => {
            let position = error.position().map(|at| (at.line, at.column));
            return TemplateSource::unreadable(file, error.message(), position);
        }
    };
    let document = tree.to_json();
    TemplateSource::from_json(file, document).with_positions(move |pointer| {
        let found = tree.pointer(pointer)?;
        let start = found.key_or_value_span().start;
        Some((start.line, start.column))
    })
}
