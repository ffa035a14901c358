//! Sets the `TemplateURL` of each nested stack, which contains the hash of the template. The innermost templates come first.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::Synth;
use crate::logical_id::logical_id;
use crate::stack_props::StackProps;
use crate::tree::Tree;
use crate::value::{Data, Expr};

/// Name of the bucket created by `cdk bootstrap`.
const BOOTSTRAP_BUCKET: &str = "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}";

/// Name of the repository created by `cdk bootstrap`.
const BOOTSTRAP_REPOSITORY: &str =
    "cdk-hnb659fds-container-assets-${AWS::AccountId}-${AWS::Region}";

/// A template of a nested stack to publish.
#[derive(Clone, Debug)]
pub(crate) struct Publication {
    /// File name in the assembly, as in the CDK.
    pub(crate) file: String,
    /// SHA-256 of the template in hexadecimal digits.
    pub(crate) hash: String,
}

pub(super) fn set_template_urls(synth: &mut Synth) {
    let tree = synth.app.tree.get_mut();
    let positions: BTreeMap<u32, usize> = synth.stacks.iter().copied().zip(0..).collect();
    // Parents precede their children, so in reverse order a parent is hashed after the hashes of its children are in it.
    for (&stack, &at) in positions.iter().rev() {
        let Some(resource) = tree.nested_resource(stack) else {
            continue;
        };
        let hash = sha256_hex(synth.templates[at].json());
        let file = format!(
            "{}.nested.template.json",
            logical_id(&tree.path_components(stack, None))
        );
        let parent = tree.node(resource).stack;
        let parent = parent.and_then(|parent| positions.get(&parent));
        let id = synth.logical_ids[resource as usize].as_deref();
        if let (Some(&parent), Some(id)) = (parent, id)
            && let Some(entry) = synth.templates[parent].resource_mut(id)
        {
            let address = format!(
                "https://s3.${{AWS::Region}}.${{AWS::URLSuffix}}/{}/{hash}.json",
                asset_bucket(tree, stack)
            );
            let address: Data = Expr::Sub(address.into(), Vec::new()).into();
            entry.properties.insert("TemplateURL", address);
            entry.metadata.insert("aws:asset:path", file.clone());
            entry.metadata.insert("aws:asset:property", "TemplateURL");
        }
        synth.publications.insert(stack, Publication { file, hash });
    }
}

/// Returns the name of the bucket for the assets of the stack of a node, with placeholders.
pub(crate) fn asset_bucket(tree: &Tree, node: u32) -> String {
    let named = root_props(tree, node).and_then(|props| props.asset_bucket);
    named.unwrap_or_else(|| BOOTSTRAP_BUCKET.to_owned())
}

/// Returns the name of the repository for the images of the stack of a node, with placeholders.
pub(crate) fn asset_repository(tree: &Tree, node: u32) -> String {
    let named = root_props(tree, node).and_then(|props| props.asset_repository);
    named.unwrap_or_else(|| BOOTSTRAP_REPOSITORY.to_owned())
}

/// Returns the properties of the root stack of a node.
fn root_props(tree: &Tree, node: u32) -> Option<StackProps> {
    let stack = tree.node(node).stack?;
    Some(crate::stack::stack_props(tree, tree.root_stack(stack)))
}

fn sha256_hex(text: &str) -> String {
    let mut hash = String::with_capacity(64);
    for byte in Sha256::digest(text) {
        let _ = write!(hash, "{byte:02x}");
    }
    hash
}
