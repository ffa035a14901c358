//! A construct built under something that is not a construct.
use infra_lib::Stack;

fn main() {
    let stack = Stack::new("notes", "Data");
    drop(stack);
}
