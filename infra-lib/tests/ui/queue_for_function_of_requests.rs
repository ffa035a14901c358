//! A queue is connected to a function whose program reads requests: every invocation would fail.

use infra_lib::lambda::RustFunction;
use infra_lib::sqs::Queue;
use infra_lib::{App, Stack};

infra_contract::contract! {
    /// Environment of the function that serves orders.
    pub struct Orders, resources OrdersResources, event HttpRequest {
        /// Text before the name of a customer.
        greeting: Text = "GREETING",
    }
}

fn main() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let queue = Queue::builder().build(stack, "Queue");
    let resources = OrdersResources { greeting: "hello" };
    let orders = RustFunction::package("orders").build_typed(stack, "Orders", resources);
    orders.receive_from(&queue);
}
