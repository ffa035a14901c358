//! Gives each nested stack the address of its template, which is named after its content, the innermost first.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::Synth;
use crate::logical_id::logical_id;
use crate::tree::Tree;
use crate::value::{Data, Expr};

/// The bucket that `cdk bootstrap` makes.
const BOOTSTRAP_BUCKET: &str = "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}";

/// A nested template on its way to CloudFormation.
#[derive(Clone, Debug)]
pub(crate) struct Publication {
    /// The file in the assembly, as the CDK names it.
    pub(crate) file: String,
    /// SHA-256 of the template, in hexadecimal digits.
    pub(crate) hash: String,
}

pub(super) fn run(synth: &mut Synth) {
    let tree = synth.app.tree.get_mut();
    let positions: BTreeMap<u32, usize> = synth.stacks.iter().copied().zip(0..).collect();
    // A parent comes before its children, so that its own hash is taken after theirs are in it.
    for (&stack, &at) in positions.iter().rev() {
        let Some(resource) = tree.nested_resource(stack) else {
            continue;
        };
        let hash = sha256(synth.templates[at].json());
        let file = format!(
            "{}.nested.template.json",
            logical_id(&tree.components(stack, None))
        );
        let parent = tree.node(resource).stack;
        let parent = parent.and_then(|parent| positions.get(&parent));
        let id = synth.logical_ids[resource as usize].as_deref();
        if let (Some(&parent), Some(id)) = (parent, id)
            && let Some(entry) = synth.templates[parent].resource_mut(id)
        {
            let address = format!(
                "https://s3.${{AWS::Region}}.${{AWS::URLSuffix}}/{}/{hash}.json",
                bucket(tree, stack)
            );
            let address: Data = Expr::Sub(address.into(), Vec::new()).into();
            entry.properties.insert("TemplateURL", address);
            entry.metadata.insert("aws:asset:path", file.clone());
            entry.metadata.insert("aws:asset:property", "TemplateURL");
        }
        synth.publications.insert(stack, Publication { file, hash });
    }
}

/// The bucket of the assets of a stack, with placeholders.
pub(crate) fn bucket(tree: &Tree, stack: u32) -> String {
    let props = crate::stack::props(tree, tree.root_stack(stack));
    let named = props.asset_bucket;
    named.unwrap_or_else(|| BOOTSTRAP_BUCKET.to_owned())
}

fn sha256(text: &str) -> String {
    let mut hash = String::with_capacity(64);
    for byte in Sha256::digest(text) {
        let _ = write!(hash, "{byte:02x}");
    }
    hash
}
