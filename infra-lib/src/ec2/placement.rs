//! Stack in which a rule between two security groups is placed.

use crate::core::{Expr, NodeId, Target};
use crate::{Construct, Data, Scope};

/// Returns the stack for a rule between two groups: the one that already reads from the other, otherwise the one
/// created later. This keeps stacks from depending on each other in a cycle.
pub(super) fn stack_for_rule<'app>(a: Scope<'app>, b: Scope<'app>) -> Option<Scope<'app>> {
    let (a, b) = (a.stack().map(|s| s.scope()), b.stack().map(|s| s.scope()));
    let (Some(a), Some(b)) = (a, b) else {
        return a.or(b);
    };
    if a == b || reads_from(a, b) {
        return Some(a);
    }
    if reads_from(b, a) || b.node_id().index() > a.node_id().index() {
        return Some(b);
    }
    Some(a)
}

/// Returns `true` if a resource of `consumer` refers to something in `producer`.
fn reads_from<'app>(consumer: Scope<'app>, producer: Scope<'app>) -> bool {
    let in_producer = |id: NodeId| {
        let stack = consumer.node(id).and_then(Scope::stack).map(|s| s.scope());
        stack == Some(producer)
    };
    consumer.resources().into_iter().any(|resource| {
        let mut found = false;
        Data::from(resource.props()).for_each_expr(&mut |expr| {
            if let Expr::Ref(Target::Node(id)) | Expr::GetAtt(Target::Node(id), _) = expr {
                found |= in_producer(*id);
            }
        });
        found
    })
}
